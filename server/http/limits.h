// Every bound that protects the node, in one place; those that can be set have an option of `tongban serve`, and each has a test.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tongban::http {

inline constexpr std::size_t most_header_bytes = 64'000;  ///< Beast throws at a field of 64 KB, on the network thread
/// A whole case at its fullest (usecases::most_written), with application and receipts: with less it could go nowhere.
inline constexpr std::uint64_t least_envelope_bytes = 3 * 1024 * 1024;

struct Limits {
  std::size_t header_bytes = 16 * 1024;
  std::uint64_t json_bytes = 256 * 1024;             ///< an application is about 2 KB
  std::uint64_t material_bytes = 10 * 1024 * 1024;   ///< one photograph or PDF
  std::uint64_t envelope_bytes = 4 * 1024 * 1024;    ///< of a letter between nodes; never below `least_envelope_bytes`
  std::size_t parcels = 4;                           ///< large bodies from other nodes, and files to them, that are in memory at once
  std::uint64_t store_bytes = 0;                     ///< of the database; 0: the disk's own limit (507 beyond)
  std::size_t connections = 12'000;
  std::size_t connections_per_address = 2'000;       ///< a school behind one address; 0: as many as there may be at all

  std::chrono::milliseconds idle{75'000};      ///< between two requests
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{60'000};  ///< without any octet arriving, and for a body as a whole besides:
  std::uint64_t body_rate = 1'024;              ///< octets a second, that a mobile line in a lift still brings
  std::chrono::milliseconds work_time{30'000};  ///< for the node's own answer
  std::chrono::milliseconds write_time{60'000};  ///< without any octet of an answer being taken, and for an answer as a whole besides:
  std::uint64_t write_rate = 1'024;              ///< octets a second, that who asks must take

  double requests_per_second = 50;   ///< sustained, an address
  double requests_burst = 400;       ///< a first visit fetches some thirty files
  double submissions_per_minute = 60;  ///< a tablet at a sub-centre hands in for many people
  double submissions_burst = 120;
  /// Octets of materials from one address in a day, since nobody has to sign in to bring them. 0, no limit, unless the operator
  /// knows the addresses: a centre's tablets share one, and so do a carrier's customers. `keep_free` holds in any case.
  std::uint64_t materials_a_day = 0;
  std::uint64_t keep_free = 256 << 20;  ///< octets of the disk that no material may take: the database goes on when it is full
  unsigned keep_unnamed_days = 14;      ///< materials that no case names, since somebody last brought or asked for them; 0: for ever
  std::size_t waiting_requests = 2'000;  ///< for the store; beyond it 429 before collapse
  std::size_t waiting_files = 64;        ///< on the slow lane, each some milliseconds or tens of them; beyond it 429 for who brings a material
};

}  // namespace tongban::http

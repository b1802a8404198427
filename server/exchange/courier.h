// The sending side of the exchange: whatever waits in the outbox, again and again, until it is settled.
//
// Lives on the network thread. Holds nothing that a crash could lose: the outbox is in the store, and a letter sent
// twice is taken once. A letter to a centre of this very node takes the same way, without the wire.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>
#include <utility>

#include "server/exchange/parcel_places.h"
#include "server/exchange/peer_client.h"
#include "server/exchange/shares.h"
#include "server/ports/node.h"

namespace tongban::exchange {

class Courier {
 public:
  Courier(boost::asio::io_context& io, server::Node& node, tls::Context tls);

  /// Something may wait: looks now, or as soon as the present look has ended.
  void wake();
  /// Letters have just been written: one that has nobody before it goes at once, the others are looked for.
  void take(std::vector<usecases::OutboxRow> letters);
  /// A letter has come from it. If that is news, whatever waits for it is due now.
  void heard_of(const CentreId& from);
  /// For connections from now on: a renewed certificate.
  void renew(tls::Context tls) { peers_.renew(std::move(tls)); }
  PeerClient& peers() { return peers_; }
  /// Sends nothing any more; what was under way is sent again after the next start.
  void stop();

  std::uint64_t waiting() const { return count_; }
  /// By the node that is to take them, as of the last count; those without a way stand under "none".
  std::map<std::string, std::uint64_t> waiting_by_node() const;
  /// Lanes in which a letter has come before the one that it follows: the peer's letter is late, and this side has learnt of it.
  std::uint64_t gaps() const { return gaps_; }
  /// Letters have waited too long, and somebody is there to look into it.
  bool late() const;
  /// Age of the oldest letter that waits, in seconds.
  double oldest_age() const;

 private:
  struct Sending : server::DueLetter {
    bool supplied = false;  ///< its files have been sent since it became due
  };
  struct Found {
    std::vector<server::DueLetter> letters;
    server::WaitingLetters waiting;
    /// Where they were asked for.
    std::optional<std::vector<std::pair<CentreId, std::uint64_t>>> by_addressee;
    std::uint64_t gaps = 0;
    bool beyond_all_pauses = false;  ///< a letter is to wait longer than any pause is
    std::chrono::milliseconds count_took{0};
  };
  /// An attempt that the store wouldn't take: it counts as if it had, until the store has it or knows something newer.
  struct Unnoted {
    server::Attempt attempt;
    Instant ended_at;
    bool on_its_way = false;  ///< to the store, once more
  };
  using Lane = std::pair<usecases::CaseKey, CentreId>;

  static Expected<void> count(server::Transaction& tx, Instant now, Found& found);
  void take_stock(Expected<Found> found);
  void take_count(Found found);
  void call_back();
  void look_in(std::chrono::milliseconds time);
  bool has_nothing_for(const CentreId& to) const;
  void begin(server::DueLetter letter);
  void send(Sending letter);
  void answered(Sending letter, Expected<Bytes> answer);
  void settle(Sending letter, Bytes answer);
  void judged(Sending letter, Expected<wire::Answer> answer);
  void send_files(Sending letter, std::vector<crypto::Digest> digests);
  /// A file, and who is to open it.
  struct Parcel {
    crypto::Digest digest;
    std::string path;
    Peer peer;
    crypto::SealingPublic sealing;
  };
  void send_parcel(const Parcel& parcel, Sending letter, std::vector<crypto::Digest> others);
  void write_off(Sending letter, const Error& why);
  void try_again(server::DueLetter letter, const Error& why);
  void ended(const server::DueLetter& letter);
  void called(const CentreId& to, bool answered);
  bool waits_for_its_time(server::DueLetter& letter);
  void note_again(Unnoted& unnoted);
  void sound_alarm();
  const wire::DirectoryEntry* route(const CentreId& to, std::uint32_t attempts = 0) const;

  server::Node& node_;
  PeerClient peers_;
  boost::asio::steady_timer timer_;
  std::set<Lane> under_way_;  ///< one letter a lane at a time, so that they come in order
  Shares shares_;
  std::set<CentreId> there_;  ///< heard of since the last call to them that was in vain
  ParcelPlaces parcels_;
  std::map<EnvelopeId, Unnoted> unnoted_;
  server::WaitingLetters waiting_;
  std::vector<std::pair<CentreId, std::uint64_t>> by_addressee_;
  std::uint64_t gaps_ = 0;
  std::uint64_t count_ = 0;  ///< of letters that wait, as of the last count
  std::chrono::steady_clock::time_point next_count_;
  Instant last_alarm_;
  bool looking_ = false, look_again_ = false, stopped_ = false;
};

/// After the n-th failure in a row: from one second, doubled each time up to 15 minutes, of which a random part
/// (`chance` from 0 to 1) is taken off, so that nodes don't call in step.
std::chrono::milliseconds pause_after(std::uint32_t failures, double chance);

}  // namespace tongban::exchange

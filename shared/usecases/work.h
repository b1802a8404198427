// One step's work on one centre's copy of a case: opened from its rows, changed by events and letters, and given
// back as Effects. Every use case goes through here, so chain, custody, lists and deadlines cannot be forgotten.
#pragma once

#include "shared/casework/case_file.h"
#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"

namespace tongban::usecases {

/// Octets of a case's events. Every letter that carries all of them must pass its addressee's door
/// (http::Limits::envelope_bytes), with the application, the receipts and what brings the case to its end on top.
inline constexpr std::size_t most_supplied = 1 << 20;  ///< up to here the resident's materials are taken
inline constexpr std::size_t most_written = 2 << 20;   ///< up to here what a centre may do again and again
inline constexpr std::size_t longest_text = 16 * 1024;  ///< one text of an event; its format could keep 65,535 octets

class Work {
 public:
  /// Decodes and checks everything but signatures: case_file.damaged or wire.chain if the rows don't fit together.
  static Expected<Work> open(CaseRecord record, const Ground& ground);
  /// A copy that begins at `holder`. `access` is the digest of the resident's present secret.
  static Work begin(const CentreId& holder, CaseNumber number, casework::Application application, Digest access,
                    const Ground& ground);

  /// The signatures of the receipts, before they are shown: case_file.damaged.
  Expected<void> verify_receipts() const;

  const CentreId& holder() const { return record_.row.key.holder; }
  const casework::CaseFile& file() const { return file_; }
  const CaseRecord& record() const { return record_; }
  /// Null: the catalogue of today doesn't know it (any more).
  const catalogue::Item* item() const;
  bool at_origin() const { return holder() == file_.received_by; }

  /// CaseFull when a supplement of that many octets has no place, with the wishes that are still under way.
  Expected<void> has_room_for_supply(std::size_t octets) const;
  /// TextTooLong.
  static Expected<void> check_texts(const casework::EventPayload& payload);

  /// An event by this copy's holder, at the node's time (which never goes back within a case). TextTooLong; CaseFull, but never
  /// for the node's own events, nor for what brings the case to its end.
  Expected<void> add(casework::EventKind kind, const std::string& actor, casework::EventPayload payload = {},
                     std::optional<Instant> device_time = std::nullopt);
  /// Events written elsewhere, from any point on: known ones must be the same, new ones must follow. wire.chain.
  Expected<void> adopt(const std::vector<casework::Event>& events);
  /// A receipt for the last event, or another, signed by the holder.
  Expected<Bytes> issue(casework::ReceiptKind kind) { return issue(kind, file_.events.back()); }
  Expected<Bytes> issue(casework::ReceiptKind kind, const casework::Event& event);
  /// A receipt that another centre signed; kept unless there is one of its kind.
  void keep(const casework::Receipt& receipt, Bytes bytes);

  /// Writes a letter of that kind to `to` and puts it into the outbox.
  Expected<void> send(wire::LetterKind kind, const CentreId& to);
  /// Likewise a Request, made when this copy had `known` events.
  Expected<void> send_request(const CentreId& to, wire::Request request, std::uint32_t known);
  /// To the receiving centre: what it may not know yet. Nothing when this is the receiving centre itself.
  Expected<void> report();
  void settle(const OutboxRow& row, OutboxState state, std::string refusal = {});

  LaneRow& lane(const CentreId& peer);
  void set_access(Digest access) { record_.row.access = access; }
  Effects& effects() { return effects_; }

  /// The rows that changed, and the case as it will stand.
  Effects finish() &&;

 private:
  Work(CaseRecord record, casework::CaseFile file, const Ground& ground)
      : ground_(&ground), record_(std::move(record)), file_(std::move(file)) {}
  Expected<void> append(casework::Event event);
  Expected<void> has_room(const casework::Event& event) const;
  std::size_t octets_of_events() const;
  std::uint32_t first_unsettled(const CentreId& to, std::uint32_t otherwise) const;
  wire::Letter letter(wire::LetterKind kind, const CentreId& to);
  Expected<void> put_out(wire::Letter letter, std::uint32_t events_known);
  void refresh_row();

  const Ground* ground_;
  CaseRecord record_;
  casework::CaseFile file_;
  Effects effects_;
};

/// The name that a node itself signs an event with.
inline constexpr const char* node_actor = "node";

}  // namespace tongban::usecases

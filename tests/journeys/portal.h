// A resident's device: a draft is sealed, kept, and sent unchanged until the receipt is there. It goes offline, dies,
// and starts again with what it has kept; its clock may be years off.
#pragma once

#include "tests/journeys/network.h"
#include "tests/journeys/office.h"

namespace tongban::journeys {

class Portal {
 public:
  Portal(casework::Application draft, World& world, Practice& practice);

  /// Seals the draft, if that has not been done yet: from then on it can be carried to a window.
  void seal();
  /// Seals it likewise, and sends what is sealed.
  void send(Office& to, Network& network);
  /// The same application, changed behind the portal's back (another device, an old tab), is sent as well.
  void send_changed(Office& to, Network& network);
  /// Octets that claim to be the answer have come, from wherever.
  void take_answer(ByteView octets);

  /// What the resident believes: it is handed in.
  bool has_receipt() const { return has_receipt_; }
  /// What the resident was told: a window of another centre has it.
  bool was_sent_elsewhere() const { return sent_elsewhere_; }
  /// Nothing is left to send, and there is no receipt.
  bool has_forgotten() const { return sealed_once_ && !kept_ && !has_receipt_; }
  /// An office has thanked for other words than those that it keeps.
  bool other_words_praised() const { return other_words_praised_; }
  const SubmissionId& submission() const { return draft_.submission_id; }
  const ItemId& item() const { return draft_.item; }
  /// What was sealed first; the draft's own content before that.
  const casework::Application& application() const { return first_ ? first_->application : draft_; }
  const casework::Digest& content() const { return first_->content; }
  /// The secret that opens the case: minted at sealing, or given anew by a window.
  const casework::AccessSecret& secret() const { return secret_; }
  void set_secret(const casework::AccessSecret& secret) { secret_ = secret; }

 private:
  void take_refusal(ByteView octets);

  casework::Application draft_;
  World& world_;
  Practice& practice_;
  std::chrono::milliseconds skew_;
  std::optional<Sealed> first_, kept_;
  casework::AccessSecret secret_{};
  bool sealed_once_ = false, has_receipt_ = false, sent_elsewhere_ = false, other_words_praised_ = false;
};

}  // namespace tongban::journeys

// What was sealed, on its way to the centre: stored first, files next, then the submission, resent unchanged until the
// centre's receipt is here. Nothing is called sent before that.
#pragma once

#include <functional>
#include <optional>

#include "client/app/file_sender.h"
#include "client/app/photo_box.h"
#include "shared/casework/view.h"

namespace tongban::app {

class Outbox {
 public:
  Outbox(Model& model, Outlet& outlet, Vault& vault, PhotoBox& photos)
      : model_(model), outlet_(outlet), vault_(vault), photos_(photos), sender_(outlet) {}

  void restore(const event::Stored& stored);

  /// Seals a draft and stores it; goes on by itself. `sealed` is called once the device holds it. The faults that kept
  /// it from being sealed; none: it is on its way.
  std::vector<Error> seal(const Draft& draft, std::function<void()> sealed);
  void retry(const std::string& key);
  /// Takes a refused one back as a draft.
  std::optional<Draft> revise(const std::string& key);
  /// The network is back.
  void wake();
  void tick();
  std::optional<Instant> next_deadline() const;

  /// Called with the centre's answer, before the entry goes.
  void on_received(std::function<void(const OutboxEntry&, const casework::CaseView&, Bytes receipt, Bytes told)> then) {
    received_ = std::move(then);
  }
  /// The case is on the device: the sealed application is no longer needed.
  void settle(const std::string& key);

 private:
  OutboxEntry* find(const std::string& key);
  void pump();
  void send(OutboxEntry& entry);
  void send_file(OutboxEntry& entry);
  void send_body(OutboxEntry& entry);
  void answered(const std::string& key, const event::Response& response);
  void later(OutboxEntry& entry);
  void refuse(OutboxEntry& entry, const event::Response& response);

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
  PhotoBox& photos_;
  FileSender sender_;
  std::function<void(const OutboxEntry&, const casework::CaseView&, Bytes, Bytes)> received_;
};

/// Whether an answer's status means "try again later" (no network, overload, the server's own fault).
bool is_passing(int status);
/// The sentences of a refusal, from application/problem+json; a general one when the answer is no problem.
void read_fault(const event::Response& response, std::string& zh, std::string& en);

}  // namespace tongban::app

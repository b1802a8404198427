// What was sealed, on its way to the centre: stored first, files next, then the submission, resent unchanged until the
// centre's receipt is here. Nothing is called sent before that. What somebody carries to a window in codes is here, too:
// not sent, but asked about whenever there is a network.
#pragma once

#include <functional>
#include <optional>

#include "client/app/file_sender.h"
#include "client/app/photo_box.h"
#include "shared/casework/view.h"
#include "shared/crypto/key_list.h"

namespace tongban::app {

enum class Way : std::uint8_t { Online, ByHand };

class Outbox {
 public:
  Outbox(Model& model, Outlet& outlet, Vault& vault, PhotoBox& photos)
      : model_(model), outlet_(outlet), vault_(vault), photos_(photos), sender_(outlet) {}

  void restore(const event::Stored& stored);

  /// Seals a draft and stores it; goes on by itself. `sealed` is called once the device holds it. The faults that kept
  /// it from being sealed; none: it is on its way.
  std::vector<Error> seal(const Draft& draft, Way way, std::function<void()> sealed);
  void retry(const std::string& key);
  /// Takes a refused or carried one back as a draft. Whoever has its codes keeps them: the draft keeps the secret.
  std::optional<Draft> revise(const std::string& key);
  /// From now on it goes the other way, with the same content and secret.
  void go_by(const std::string& key, Way way);
  void show_code(const std::string& key, std::size_t index);
  /// Whether a window has taken what is carried.
  void ask(const std::string& key);
  void ask_all();
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
  /// The key that codes are sealed to, as the city's list has it now; null: none.
  void seal_to(std::function<const crypto::ListedKey*()> intake) { intake_ = std::move(intake); }

 private:
  OutboxEntry* find(const std::string& key);
  void pump();
  void send(OutboxEntry& entry);
  void send_file(OutboxEntry& entry);
  void send_body(OutboxEntry& entry);
  void answered(const std::string& key, const event::Response& response);
  void later(OutboxEntry& entry);
  void refuse(OutboxEntry& entry, const event::Response& response);
  void take_off(const OutboxEntry& entry);
  void store(const OutboxEntry& entry, std::function<void(bool)> then);
  void make_codes(OutboxEntry& entry, const casework::Application& application);
  /// The case that the application is already, by its id; `otherwise` with the answer when there is none.
  void find_case(const OutboxEntry& entry, std::function<void(OutboxEntry&, const event::Response&)> otherwise);

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
  PhotoBox& photos_;
  FileSender sender_;
  std::function<void(const OutboxEntry&, const casework::CaseView&, Bytes, Bytes)> received_;
  std::function<const crypto::ListedKey*()> intake_ = [] { return nullptr; };
};

/// Error::where of what keeps an application from being carried: no field of the form.
inline constexpr const char* carry_place = "/carry";

/// Whether an answer's status means "try again later" (no network, overload, the server's own fault).
bool is_passing(int status);
/// The sentences of a refusal, from application/problem+json; a general one when the answer is no problem.
void read_fault(const event::Response& response, std::string& zh, std::string& en);

}  // namespace tongban::app

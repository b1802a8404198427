// Drafts: begun, filled in, saved within a second of the last key, and taken through their five steps.
#pragma once

#include <optional>
#include <string>

#include "client/app/intent.h"
#include "client/app/last_removal.h"

namespace tongban::app {

class DraftDesk {
 public:
  DraftDesk(Model& model, Outlet& outlet, Vault& vault, PhotoBox& photos, LastRemoval& removal)
      : model_(model), outlet_(outlet), vault_(vault), photos_(photos), removal_(removal) {}

  /// Takes the device's records in.
  void restore(const event::Stored& stored);

  Draft* find(const std::string& key);
  /// A new draft of an item, with what its guide already knows. It is kept from the first thing that is done with it.
  Draft& begin(const ItemId& item);
  /// Forgets what was only looked at, but for one.
  void drop_untouched(const Draft* but);
  /// One for the window: not kept on the device.
  Draft unkept(const ItemId& item);

  void apply(const intent::AnswerDraft& intent);
  void apply(const intent::ChooseWay& intent);
  void apply(const intent::SetActing& intent);
  void apply(const intent::EditField& intent);
  void apply(const intent::LeaveField& intent);
  void apply(const intent::EnterNumber& intent);
  void apply(const intent::Bring& intent);
  void apply(const intent::AddPhoto& intent);
  void apply(const intent::LookAtPaper& intent);
  void apply(const intent::RemovePhoto& intent);
  /// Checks the step that is open; goes on when nothing is wrong, else shows what is.
  void apply(const intent::NextStep& intent);
  void remove(const std::string& key);
  /// Takes the draft off the desk because it was sealed; its record goes, its photos stay.
  void release(const std::string& key);
  /// Puts a draft back that was refused.
  void put_back(Draft draft);
  /// Takes one in that comes from another device. One of the same id is kept beside it, which then has an id of its own.
  enum class Adopted { New, Copy };
  Adopted adopt(Draft draft, bool known);

  /// Changes of one draft's data, wherever it is kept.
  static void answer(Draft& draft, const catalogue::Item* item, const std::string& question, const std::string& answer);
  static void act_for(Draft& draft, bool other);
  static void edit(Draft& draft, const std::string& field, const std::string& value);
  /// The faults of the open step, shown from now on; empty: go on.
  std::vector<Error> check(Draft& draft, Step step);

  void save_now(Draft& draft);
  void tick();
  std::optional<Instant> next_deadline() const;

 private:
  void touch(Draft& draft);
  void stored(const std::string& key, std::uint64_t edits, const event::Stored& answer);

  void add(Draft& draft, const intent::AddPhoto& intent, const Photo& photo);
  void retake(const intent::AddPhoto& intent, const Photo& photo);
  void put_in_place(Draft* draft, const std::string& material, const std::string& old, const Photo& photo);
  void no_room(Draft& draft, const std::string& material);
  void change_back(const std::string& draft, const std::string& material, const TakenOut& before, const Photo& after);

  struct Saving {
    std::optional<Instant> due;
    Instant since;         ///< of the first change that isn't on the device
    bool in_flight = false;
  };

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
  PhotoBox& photos_;
  std::map<std::string, Saving> saving_;
  LastRemoval& removal_;
};

}  // namespace tongban::app

// What every screen gets: where to describe itself, what there is to show, and where to say what the person meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assets/words/words.h"
#include "client/app/intent.h"
#include "client/app/model.h"
#include "client/ui/stamp.h"
#include "client/ui/ui.h"

namespace tongban::views {

using app::Model;
namespace intent = app::intent;

struct Screen {
  ui::Ui& ui;
  const Model& model;
  app::Intents& out;
  Words say;

  template <typename Intent>
  void want(Intent intent) {
    out.push_back(std::move(intent));
  }
  /// Prerendered: there is no clock, so nothing is said that depends on it.
  bool timeless() const { return model.now.ms == 0; }
  const catalogue::Catalogue& catalogue() const { return *model.shelf.catalogue; }
  /// To be added to, for a part of the screen that is made from the catalogue.
  ui::Stamp stamp() const { return ui::Stamp().add(catalogue().version).add(catalogue().edition); }
  /// What is stored here is still here at the next visit.
  bool keeps() const { return !model.public_browser && model.storage != app::Storage::MemoryOnly; }
  /// The hotline of the catalogue's edition; empty before there is one.
  std::string_view hotline() const { return model.shelf.catalogue ? std::string_view(catalogue().hotline) : ""; }
  /// "未公布，可打 12345 问"
  std::string unpublished() const;
  std::string_view zh_or_en(const std::string& zh, const std::string& en) const {
    return say.english() && !en.empty() ? std::string_view(en) : std::string_view(zh);
  }
  /// A text of the items in the language of the page; Chinese where it has no English.
  std::string_view of_item(std::string_view text) const {
    const std::string_view english = say.english() && model.shelf.catalogue ? catalogue().in_english(text) : std::string_view{};
    return english.empty() ? text : english;
  }
  /// The same text as a window knows it, to stand beside: empty where of_item is Chinese itself.
  std::string_view original(std::string_view text) const { return of_item(text) == text ? std::string_view{} : text; }
};

// One screen a file.
void home(Screen&);
void items(Screen&);
void guide(Screen&);
void prepare(Screen&);
void drafts(Screen&);
void cases(Screen&);
void one_case(Screen&);
void centres(Screen&);
void centre(Screen&);
void help(Screen&);
void settings(Screen&);
void staff(Screen&);
void staff_case(Screen&);
void staff_walk_in(Screen&);
void staff_carried(Screen&);
void missing(Screen&);

}  // namespace tongban::views

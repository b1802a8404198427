// Pieces of a guide that other screens and the printed checklist show too.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "client/views/screen.h"
#include "shared/catalogue/situation.h"

namespace tongban::views {

/// "原件，2 份，因为您选了“家人代办”"
std::string material_caption(const Screen& screen, const catalogue::Item& item, const catalogue::Material& material,
                             const catalogue::Answers& answers);
std::string fee_text(const Screen& screen, const catalogue::Item& item);
/// The wait in few words; "见说明" when the text is long, and then `limit_note` has it.
std::string wait_text(const Screen& screen, const catalogue::Item& item);
std::string limit_note(const Screen& screen, const catalogue::Item& item);
/// The ○—● line of an item. The texts live in `keep`.
std::vector<ui::ProcessNode> process_nodes(const Screen& screen, const catalogue::Item& item, std::vector<std::string>& keep);
Word process_title(catalogue::Mode mode);
/// One visit is known to be enough.
bool one_trip(const catalogue::Item& item);
/// Any centre of the city is known to take it.
bool is_citywide(const catalogue::Item& item);
/// "要带这 3 份", or what is needed at least while questions are open.
Word materials_title(const catalogue::Checklist& list);
/// The questions of an item as segmented choices; calls `answered(question, answer)`. Those of `left` that have no
/// answer yet say so.
template <typename Answered>
void questions(Screen& screen, const catalogue::Item& item, const catalogue::Answers& answers, const std::set<std::string>& left, Answered answered) {
  for (const auto& question : item.questions) {
    std::vector<ui::Option> options;
    int selected = -1;
    const auto given = answers.find(question.key);
    for (const auto& answer : question.answers) {
      if (given != answers.end() && given->second == answer.key) selected = static_cast<int>(options.size());
      options.push_back({.key = answer.key, .label = screen.zh_or_en(answer.text, answer.text_en)});
    }
    std::size_t longest = 0;
    for (const auto& option : options) longest = std::max(longest, option.label.size());
    // English words can't be parted: side by side stand only a few letters, as yes and no.
    const bool segmented = options.size() <= 3 && longest <= (screen.say.english() ? 14 : 24);
    const bool missed = selected < 0 && left.contains(question.key);
    if (auto chosen = screen.ui.choice(question.key, options, selected,
                                       {.look = segmented ? ui::Look::Segmented : ui::Look::Radio,
                                        .label = screen.zh_or_en(question.text, question.text_en),
                                        .error = missed ? screen.say(Word::SituationUnanswered) : std::string_view{}}))
      answered(question.key, question.answers[static_cast<std::size_t>(*chosen)].key);
  }
}

}  // namespace tongban::views

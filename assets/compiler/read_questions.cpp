#include <algorithm>

#include "assets/compiler/read_items.h"
#include "shared/catalogue/situation.h"

namespace tongban::compiler {

using catalogue::Answer;
using catalogue::Item;
using catalogue::Material;
using catalogue::Question;

catalogue::Question read_question(const YAML::Node& node, const std::string& file, Faults& faults) {
  Question question;
  YamlFields fields(node, file, faults);
  question.text = fields.required("问题");
  question.key = fields.required("键");
  question.text_en = fields.required("英文");
  if (!question.key.empty()) check_code(question.key, "“键”", fields.place("键"), faults);
  const YAML::Node answers = fields.node("答案");
  if (!answers.IsDefined() || !answers.IsSequence() || answers.size() < 2) {
    faults.add(file, line_of(node), "A question needs a list of two answers at least.");
    return question;
  }
  for (const auto& entry : answers) {
    YamlFields of(entry, file, faults);
    Answer answer{of.required("键"), of.required("文字"), of.required("英文")};
    if (!answer.key.empty()) check_code(answer.key, "“键”", of.place("键"), faults);
    if (catalogue::find_answer(question, answer.key))
      faults.add(file, line_of(entry), "The answer “" + answer.key + "” stands twice in one question.");
    question.answers.push_back(std::move(answer));
  }
  return question;
}

SharedQuestions read_shared_questions(const std::string& folder, Faults& faults) {
  SharedQuestions shared;
  const std::string file = "questions.yaml";
  const auto root = load_yaml(folder, file, faults);
  if (!root) return shared;
  if (!root->IsMap()) {
    faults.add(file, line_of(*root), "A mapping of names and questions is expected here.");
    return shared;
  }
  for (const auto& entry : *root) {
    const std::string name = entry.first.Scalar();
    if (!shared.emplace(name, read_question(entry.second, file, faults)).second)
      faults.add(file, line_of(entry.first), "“" + name + "” stands here twice.");
  }
  return shared;
}

std::set<std::string> read_sources(const std::string& folder, Faults& faults) {
  std::set<std::string> names;
  const std::string file = "sources.yaml";
  const auto root = load_yaml(folder, file, faults);
  if (!root) return names;
  for (const auto& entry : *root) {
    YamlFields fields(entry, file, faults);
    const std::string name = fields.required("代号");
    fields.required("内容");
    fields.required("出处");
    fields.required("许可与注意");
    if (!names.insert(name).second) faults.add(file, line_of(entry), "The source “" + name + "” stands here twice.");
  }
  return names;
}

namespace {

/// All combinations of answers, each as indices; an item has a handful of questions.
template <typename Visit>
void each_combination(const Item& item, Visit visit) {
  std::vector<std::size_t> chosen(item.questions.size());
  for (;;) {
    catalogue::Answers answers;
    for (std::size_t i = 0; i < chosen.size(); ++i) answers[item.questions[i].key] = item.questions[i].answers[chosen[i]].key;
    visit(answers);
    std::size_t i = 0;
    while (i < chosen.size() && ++chosen[i] == item.questions[i].answers.size()) chosen[i++] = 0;
    if (i == chosen.size()) return;
  }
}

/// True when two answers to this question, all others equal, ever leave different papers.
bool matters(const Item& item, std::size_t question) {
  bool found = false;
  each_combination(item, [&](const catalogue::Answers& answers) {
    const auto usual = catalogue::needed_materials(item, answers).needed;
    for (const Answer& other : item.questions[question].answers) {
      catalogue::Answers changed = answers;
      changed[item.questions[question].key] = other.key;
      found = found || catalogue::needed_materials(item, changed).needed != usual;
    }
  });
  return found;
}

}  // namespace

void check_situation(const Item& item, const Place& place, Faults& faults) {
  const auto fault = [&](const std::string& sentence) { faults.add(place.file, place.line, sentence); };
  std::size_t combinations = 1;
  for (const Question& question : item.questions) {
    if (question.answers.empty()) return;  // reported where it stands
    combinations *= question.answers.size();
  }
  if (combinations > 4096) return fault("The questions have more than 4096 combinations of answers.");
  for (std::size_t i = 0; i < item.questions.size(); ++i) {
    const auto same = [&](const Question& other) { return other.key == item.questions[i].key; };
    if (std::count_if(item.questions.begin(), item.questions.end(), same) > 1)
      return fault("Two questions have the key “" + item.questions[i].key + "”.");
    if (!matters(item, i)) fault("The question “" + item.questions[i].text + "” changes nothing.");
  }
  std::vector<std::size_t> needed(item.materials.size());
  each_combination(item, [&](const catalogue::Answers& answers) {
    for (std::size_t i = 0; i < item.materials.size(); ++i)
      needed[i] += catalogue::need_of(item, item.materials[i], answers) == catalogue::Need::Needed;
  });
  for (std::size_t i = 0; i < item.materials.size(); ++i) {
    const std::string name = "“" + item.materials[i].name + "”";
    if (needed[i] == 0) fault("No answers ever ask for " + name + ".");
    if (!item.materials[i].when.empty() && needed[i] == combinations) fault("The condition of " + name + " always holds: leave it out.");
  }
}

}  // namespace tongban::compiler

#include "assets/compiler/read_items.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "shared/catalogue/situation.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

/// "20个工作日" and nothing else gives a number; ranges, sums and conditions don't.
std::optional<std::uint16_t> plain_working_days(const std::string& limit) {
  constexpr std::string_view unit = "个工作日";
  std::uint16_t days = 0;
  const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), days);
  if (error != std::errc() || days == 0 || std::string_view(end, static_cast<std::size_t>(limit.data() + limit.size() - end)) != unit)
    return std::nullopt;
  return days;
}

std::optional<MonthWindow> read_window(YamlFields& fields, const std::string& file, Faults& faults) {
  const std::string text = fields.text("每月受理日");
  if (text.empty()) return std::nullopt;
  MonthWindow window{0, 0};
  const char* end = text.data() + text.size();
  auto [dash, error] = std::from_chars(text.data(), end, window.from);
  if (error == std::errc() && dash != end && *dash == '-') error = std::from_chars(dash + 1, end, window.until).ec;
  if (error != std::errc() || window.from < 1 || window.until > 31 || window.from > window.until) {
    faults.add(file, fields.line("每月受理日"), "“每月受理日” must be two days of a month, as in 5-26.");
    return std::nullopt;
  }
  return window;
}

/// {who: delegate, card: [has, none]} – all of them must hold.
Circumstance read_circumstance(const YAML::Node& node, const Item& item, const std::string& file, Faults& faults) {
  Circumstance circumstance;
  const auto fault = [&](const YAML::Node& at, const std::string& sentence) { faults.add(file, line_of(at), sentence); };
  if (!node.IsMap()) {
    fault(node, "“何时需要” must be {question: answer}, or a list of such.");
    return circumstance;
  }
  for (const auto& entry : node) {
    const std::string key = entry.first.Scalar();
    const auto question = std::find_if(item.questions.begin(), item.questions.end(), [&](const Question& q) { return q.key == key; });
    if (question == item.questions.end()) {
      fault(entry.first, "The item asks no question “" + key + "”.");
      continue;
    }
    Clause clause{static_cast<std::uint8_t>(question - item.questions.begin()), {}};
    const auto add = [&](const YAML::Node& value) {
      const Answer* answer = value.IsScalar() ? find_answer(*question, value.Scalar()) : nullptr;
      if (answer) clause.answers.push_back(static_cast<std::uint8_t>(answer - question->answers.data()));
      else fault(value, "“" + key + "” has no answer “" + (value.IsScalar() ? value.Scalar() : "?") + "”.");
    };
    if (entry.second.IsSequence()) for (const auto& value : entry.second) add(value);
    else add(entry.second);
    std::sort(clause.answers.begin(), clause.answers.end());
    if (std::adjacent_find(clause.answers.begin(), clause.answers.end()) != clause.answers.end()) fault(entry.second, "An answer stands twice.");
    circumstance.push_back(std::move(clause));
  }
  std::sort(circumstance.begin(), circumstance.end(), [](const Clause& a, const Clause& b) { return a.question < b.question; });
  return circumstance;
}

Material read_material(const YAML::Node& node, const Item& item, const std::string& file, NamedTexts& names, Faults& faults) {
  Material material;
  YamlFields fields(node, file, faults);
  material.key = fields.required("材料编号");
  if (!material.key.empty()) check_code(material.key, "“材料编号”", fields.place("材料编号"), faults);
  material.name = fields.required("材料名称");
  if (!material.name.empty()) names.emplace(material.name, fields.place("材料名称"));
  material.form = fields.text("材料类型");
  material.copies = fields.text("纸质材料份数");
  material.note = fields.text("说明");
  const YAML::Node when = fields.node("何时需要");
  if (when.IsDefined() && when.IsSequence()) {
    for (const auto& entry : when) material.when.push_back(read_circumstance(entry, item, file, faults));
  } else if (when.IsDefined()) {
    material.when.push_back(read_circumstance(when, item, file, faults));
  }
  // The source's own words about when, and whether we concluded the rest: for editors, not for screens.
  const std::string words = fields.text("情形原文");
  fields.choice("推定", {"是"}, 0);
  if (!words.empty() && material.when.empty() && material.note.empty())
    faults.add(file, line_of(node), "“" + words + "” is neither a condition (何时需要) nor a note (说明).");
  return material;
}

void read_materials(YamlFields& fields, Item& item, const std::string& file, NamedTexts& names, Faults& faults) {
  const YAML::Node list = fields.node("申请材料");
  if (!list.IsDefined()) return;
  if (!list.IsSequence()) return faults.add(file, line_of(list), "“申请材料” must be a list.");
  for (const auto& entry : list) {
    Material material = read_material(entry, item, file, names, faults);
    const auto same = [&](const Material& other) { return other.key == material.key; };
    if (std::any_of(item.materials.begin(), item.materials.end(), same))
      faults.add(file, line_of(entry), "The material number “" + material.key + "” is taken.");
    item.materials.push_back(std::move(material));
  }
}

void read_situation(YamlFields& fields, Item& item, const SharedQuestions& shared, const std::string& file, Faults& faults) {
  const YAML::Node list = fields.node("情形");
  if (!list.IsDefined()) return;
  if (!list.IsSequence()) return faults.add(file, line_of(list), "“情形” must be a list.");
  for (const auto& entry : list) {
    if (!entry.IsScalar()) {
      item.questions.push_back(read_question(entry, file, faults));
      continue;
    }
    const auto at = shared.find(entry.Scalar());
    if (at == shared.end()) faults.add(file, line_of(entry), "questions.yaml has no “" + entry.Scalar() + "”.");
    else item.questions.push_back(at->second);
  }
}

void read_mode(YamlFields& fields, Item& item, const std::string& file, Faults& faults) {
  item.mode = static_cast<Mode>(fields.choice("办理方式", {"未公布", "直接受理", "收受分离", "属地审核"}, 0));
  item.mode_evidence = static_cast<Evidence>(fields.choice("方式依据", {"无", "提示", "记述", "明示"}, 0));
  item.mode_note = fields.text("依据原文");
  item.decided_by = static_cast<DecidedBy>(fields.choice("办理中心", {"未说明", "户籍地中心", "居住地中心", "户籍地或居住证地中心"}, 0));
  if ((item.mode == Mode::Unpublished) != (item.mode_evidence == Evidence::None))
    faults.add(file, fields.line("办理方式"), "A published mode (办理方式) needs its evidence (方式依据), an unpublished one has none.");
}

void read_times(YamlFields& fields, Item& item, const std::string& file, Faults& faults) {
  item.citywide_stated = fields.choice("全市通办", {"未标明", "是"}, 0) == 1;
  item.citywide_from = fields.date("通办起始");
  item.effective_from = fields.date("生效日期");
  item.effective_until = fields.date("终止日期");
  if (item.effective_from && item.effective_until && days_between(*item.effective_from, *item.effective_until) < 0)
    faults.add(file, fields.line("终止日期"), "The item ends before it begins.");
  item.limit = fields.text("办结时限");
  item.limit_working_days = plain_working_days(item.limit);
  item.taken_on = read_window(fields, file, faults);
}

void read_names(YamlFields& fields, Item& item, const std::string& file, NamedTexts& names, Faults& faults) {
  item.id = ItemId(fields.required("事项编号"));
  if (file != "items/" + item.id.text() + ".yaml") faults.add(file, fields.line("事项编号"), "The file must be named after its “事项编号”.");
  check_code(item.id.text(), "“事项编号”", fields.place("事项编号"), faults);
  item.name = fields.required("事项名称");
  if (!item.name.empty()) names.emplace(item.name, fields.place("事项名称"));
  for (const TextAt& code : fields.texts("基本编码")) {
    check_code(code.text, "“基本编码”", {file, code.line}, faults);
    item.codes.push_back(code.text);
  }
  item.line = fields.required("条线");
  item.department = fields.required("主管部门");
  item.department_2018 = fields.text("主管部门（2018）");
  // From the sources first, then our own; in the catalogue they are one list.
  for (const char* key : {"别名", "俗称"})
    for (const TextAt& alias : fields.texts(key)) {
      if (alias.text == item.name || std::count(item.aliases.begin(), item.aliases.end(), alias.text))
        faults.add(file, alias.line, "“" + alias.text + "” is already a name of this item.");
      else item.aliases.push_back(alias.text);
    }
}

Item read_item(const std::string& folder, const std::string& file, const SharedQuestions& shared,
               const std::set<std::string>& sources, NamedTexts& names, Faults& faults) {
  Item item;
  const auto root = load_yaml(folder, file, faults);
  if (!root) return item;
  YamlFields fields(*root, file, faults);
  read_names(fields, item, file, names, faults);
  read_mode(fields, item, file, faults);
  read_times(fields, item, file, faults);
  item.audience = static_cast<Audience>(fields.choice("服务对象", {"未说明", "限本市户籍", "非本市户籍也可"}, 0));
  item.delegation = static_cast<Delegation>(fields.choice("委托办理", {"未说明", "可委托", "不接受委托"}, 0));
  item.conditions = fields.text("受理条件");
  item.fee = fields.text("是否收费");
  item.basis = fields.text("设定依据");
  item.result = fields.text("办理结果");
  item.notes = fields.text("说明");
  item.edition = fields.required("版本");
  fields.texts("编者按");
  for (const TextAt& source : fields.texts("来源")) {
    if (!sources.count(source.text)) faults.add(file, source.line, "sources.yaml has no “" + source.text + "”.");
    item.sources.push_back(source.text);
  }
  if (item.sources.empty()) faults.add(file, 1, "An item without a source (来源) can't be published.");
  read_situation(fields, item, shared, file, faults);
  if (item.delegation == Delegation::NotAccepted && find_question(item, "who"))
    faults.add(file, fields.line("委托办理"), "Nobody else may come, yet the item asks who comes.");
  read_materials(fields, item, file, names, faults);
  check_situation(item, {file, std::max(1, fields.line("情形"))}, faults);
  return item;
}

}  // namespace

std::vector<catalogue::Item> read_items(const std::string& folder, const SharedQuestions& shared,
                                        const std::set<std::string>& sources, NamedTexts& names, Faults& faults) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/items", error)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > 5 && name.ends_with(".yaml")) files.push_back("items/" + name);
    else faults.add("items/" + name, 0, "Only iNNN.yaml files belong here.");
  }
  if (error || files.empty()) faults.add("items", 0, "The folder has no item.");
  std::sort(files.begin(), files.end());
  std::vector<Item> items;
  for (const std::string& file : files) items.push_back(read_item(folder, file, shared, sources, names, faults));
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.id < b.id; });
  return items;
}

}  // namespace tongban::compiler

#include "assets/compiler/show.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

const char* const modes[] = {"未公布（窗口告知）", "直接受理", "收受分离", "属地审核"};
const char* const evidences[] = {"", "来源只作提示", "来源有记述", "来源明示"};
const char* const audiences[] = {"未说明", "限本市户籍", "非本市户籍也可"};
const char* const delegations[] = {"未说明", "可委托", "不接受委托"};
const char* const deciders[] = {"未说明", "户籍地中心", "居住地中心", "户籍地或居住证地中心"};

std::string line(const char* term, const std::string& value) { return std::string(term) + "：" + (value.empty() ? "未公布" : value) + "\n"; }

std::string condition(const Item& item, const Material& material) {
  std::string text;
  for (const Circumstance& circumstance : material.when) {
    if (!text.empty()) text += "；或";
    bool first = true;
    for (const Clause& clause : circumstance) {
      const Question& question = item.questions[clause.question];
      text += std::string(first ? "" : "，并且") + question.text;
      for (std::size_t i = 0; i < clause.answers.size(); ++i) text += (i ? "／" : "") + question.answers[clause.answers[i]].text;
      first = false;
    }
  }
  return text;
}

}  // namespace

std::string describe(const Item& item) {
  std::string text = item.id.text() + " " + item.name + "\n";
  std::string codes, aliases;
  for (const std::string& code : item.codes) codes += (codes.empty() ? "" : "，") + code;
  for (const std::string& alias : item.aliases) aliases += (aliases.empty() ? "" : "，") + alias;
  text += line("基本编码", codes) + line("主管部门", item.department);
  const std::string evidence = evidences[static_cast<int>(item.mode_evidence)];
  text += line("办理方式", modes[static_cast<int>(item.mode)] + (evidence.empty() ? "" : "（" + evidence + "）"));
  if (!item.mode_note.empty()) text += line("依据原文", item.mode_note);
  if (item.mode == Mode::AcceptSeparate) text += line("办理中心", deciders[static_cast<int>(item.decided_by)]);
  text += line("全市通办", item.citywide_stated ? "是" + (item.citywide_from ? "，" + to_text(*item.citywide_from) + "起" : std::string()) : "未标明");
  text += line("服务对象", audiences[static_cast<int>(item.audience)]) + line("委托办理", delegations[static_cast<int>(item.delegation)]);
  text += line("受理条件", item.conditions);
  text += "申请材料：\n";
  for (const Material& material : item.materials) {
    text += "  " + material.key + " " + material.name + (material.form.empty() ? "" : "，" + material.form);
    if (!material.copies.empty()) text += "，" + material.copies + "份";
    if (!material.note.empty()) text += "，" + material.note;
    if (!material.when.empty()) text += "  〔" + condition(item, material) + "〕";
    text += "\n";
  }
  if (item.materials.empty()) text += "  未公布\n";
  text += line("是否收费", item.fee) + line("办结时限", item.limit);
  if (item.taken_on) text += line("每月受理日", std::to_string(item.taken_on->from) + "–" + std::to_string(item.taken_on->until) + "日");
  text += line("设定依据", item.basis) + line("办理结果", item.result);
  if (!item.notes.empty()) text += line("说明", item.notes);
  if (!aliases.empty()) text += line("俗称", aliases);
  return text + line("版本", item.edition);
}

}  // namespace tongban::compiler

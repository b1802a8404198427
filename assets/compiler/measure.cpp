#include "assets/compiler/measure.h"

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "assets/compiler/files.h"
#include "assets/compiler/generate.h"
#include "assets/compiler/json.h"
#include "assets/compiler/publish.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/search.h"
#include "shared/catalogue/snapshot.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

/// Of this thread alone: on a busy machine the wall's clock measures the neighbours.
double thread_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

template <typename Work>
double microseconds(Work work) {
  const double begin = thread_microseconds();
  work();
  return thread_microseconds() - begin;
}

/// The key is of this run only: what is measured is the size of a signature, not its worth.
const crypto::SigningKey& trial_key() {
  static const crypto::SigningKey key(crypto::Seed{});
  return key;
}

// What people type, key by key: characters, pinyin, initials, slips, sayings, nonsense.
const char* const typed_queries[] = {"敬老卡",   "敬老咔",     "jlk",     "居住证丢了", "退休手续", "yibao",   "shebaoka", "残疾人证怎么办理",
                                     "juzhuzheng", "juzhuzehng", "shiye",   "身份证",     "医保 报销", "公积金",  "档案查询", "zzzzzz",
                                     "独生子女光荣正", "a",       "办",      "xinzhuang",  "住房租赁", "工伤待遇申领", "lsbx",  "没工作了怎么领钱",
                                     "residence permit", "lost card", "how to get a pension", "disability"};

void print(const char* key, double value, bool& first) {
  std::printf("%s\n  \"%s\": %.10g", first ? "{" : ",", key, value);
  first = false;
}

void measure_search(const Catalogue& catalogue, const Pinyin& pinyin, const std::string& prefix, bool& first) {
  std::unique_ptr<SearchIndex> index;
  const double built = microseconds([&] { index = std::make_unique<SearchIndex>(catalogue, pinyin); });
  std::vector<double> times;
  for (int round = 0; round < 5; ++round)
    for (const std::string query : typed_queries)
      // Every prefix is a keystroke; cut anywhere, as ill-formed UTF-8 is part of life.
      for (std::size_t end = 1; end <= query.size(); ++end) times.push_back(microseconds([&] { index->search(query.substr(0, end)); }));
  std::sort(times.begin(), times.end());
  print((prefix + "index_ms").c_str(), built / 1000, first);
  print((prefix + "search_us_p50").c_str(), times[times.size() / 2], first);
  print((prefix + "search_us_p95").c_str(), times[times.size() * 95 / 100], first);
  print((prefix + "search_us_p99").c_str(), times[times.size() * 99 / 100], first);
  print((prefix + "search_us_max").c_str(), times.back(), first);
}

int measure_one(const Catalogue& catalogue, const Bytes& pinyin_table, const std::string& prefix, const std::string& out, bool& first) {
  const Bytes raw = encode(catalogue);
  const auto snapshot = make_snapshot(catalogue, trial_key());
  const auto delta = make_delta({catalogue.version, raw}, with_changes(catalogue, 5), trial_key());
  const auto pinyin = Pinyin::open(pinyin_table);
  if (!snapshot || !delta || !pinyin) return 1;
  const std::string json = to_json(catalogue);
  if (!out.empty() && !write_file(out + "/" + (prefix.find("tenfold") != std::string::npos ? "tenfold.json" : "today.json"), as_bytes(json))) return 1;
  print((prefix + "items").c_str(), static_cast<double>(catalogue.items.size()), first);
  print((prefix + "json_bytes").c_str(), static_cast<double>(json.size()), first);
  print((prefix + "raw_bytes").c_str(), static_cast<double>(raw.size()), first);
  print((prefix + "snapshot_bytes").c_str(), static_cast<double>(snapshot->size()), first);
  print((prefix + "delta5_bytes").c_str(), static_cast<double>(delta->size()), first);
  const std::vector<PublicKey> trusted{trial_key().public_key()};
  std::vector<double> unpack, open, apply;
  for (int i = 0; i < 20; ++i) {
    unpack.push_back(microseconds([&] { (void)unpack_snapshot(*snapshot, trusted); }));
    open.push_back(microseconds([&] { (void)open_snapshot(*snapshot, trusted); }));
    apply.push_back(microseconds([&] { (void)apply_delta(*delta, raw, trusted); }));
  }
  for (auto* times : {&unpack, &open, &apply}) std::sort(times->begin(), times->end());
  print((prefix + "unpack_us").c_str(), unpack[10], first);
  print((prefix + "open_us").c_str(), open[10], first);
  print((prefix + "apply_delta_us").c_str(), apply[10], first);
  measure_search(catalogue, *pinyin, prefix, first);
  return 0;
}

int measure(const std::string& folder, const std::string& out) {
  Catalogue real;
  const auto canonical = read_file(folder + "/catalogue.bin");
  const auto pinyin = read_file(folder + "/pinyin.bin");
  auto decoded = canonical ? decode(*canonical) : Expected<Catalogue>(canonical.error());
  if (!decoded || !pinyin) {
    std::fprintf(stderr, "%s: catalogue.bin and pinyin.bin are needed here (catalogue build --unsigned).\n", folder.c_str());
    return 1;
  }
  bool first = true;
  int code = measure_one(*decoded, *pinyin, "catalogue.", out, first);
  if (code == 0) code = measure_one(generate(*decoded, 10, 2018), *pinyin, "catalogue.tenfold_", out, first);
  std::printf("\n}\n");
  return code;
}

}  // namespace

void add_measure_command(CLI::App& app, int& exit_code) {
  struct Options {
    std::string folder, out;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("measure", "Print sizes and times as JSON");
  command->add_option("folder", options->folder, "Folder with catalogue.bin and pinyin.bin")->required();
  command->add_option("--out", options->out, "Write today.json and tenfold.json there, to compare with another packer");
  command->callback([options, &exit_code] { exit_code = measure(options->folder, options->out); });
}

}  // namespace tongban::compiler

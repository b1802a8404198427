#include <cerrno>
#include <fstream>
#include <iostream>

#include "server/commands/commands.h"
#include "server/drill/report.h"
#include "server/platform/files.h"
#include "shared/crypto/start.h"

namespace tongban::server {
namespace {

namespace errors {
inline constexpr ErrorCode FolderUsed{"drill.folder_used", "演练要一个空文件夹：里面已有东西。", "A drill needs an empty folder: there is something in it."};
}  // namespace errors

struct DrillFlags {
  drill::Plan plan{.day = {2000, {}, 20}};
  std::size_t nodes = 2;
  double day_s = 30, passed_on = 0.5, stall_s = 2, patience_s = 60;
  std::string folder, json, source = TONGBAN_CATALOGUE_SOURCE;
};

/// A folder of the drill's own, gone afterwards; or one that was asked for, which stays.
class DrillFolder {
 public:
  static Expected<DrillFolder> open(const std::string& wanted) {
    DrillFolder folder;
    if (wanted.empty()) {
      std::error_code failed;
      std::string pattern = (std::filesystem::temp_directory_path(failed) / "tongban-drill-XXXXXX").string();
      if (failed || !::mkdtemp(pattern.data())) return Error(platform::file_errors::Unwritable, pattern, platform::reason(failed ? failed.value() : errno));
      folder.path_ = pattern;
      folder.own_ = true;
      return folder;
    }
    std::error_code ignored;
    if (std::filesystem::exists(wanted, ignored) && !std::filesystem::is_empty(wanted, ignored)) return Error(errors::FolderUsed, wanted);
    folder.path_ = std::filesystem::absolute(wanted);
    TRY_VOID(platform::make_folder(folder.path_, platform::Mode::Private));
    return folder;
  }
  DrillFolder(DrillFolder&& other) noexcept : path_(std::exchange(other.path_, {})), own_(std::exchange(other.own_, false)) {}
  DrillFolder& operator=(DrillFolder&&) = delete;
  ~DrillFolder() {
    std::error_code ignored;
    if (own_) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  DrillFolder() = default;
  std::filesystem::path path_;
  bool own_ = false;
};

/// Where the report goes besides, opened before half an hour has been spent on it; nowhere when no file was asked for.
Expected<std::ofstream> open_report(const std::string& file) {
  std::ofstream report;
  if (file.empty()) return report;
  report.open(file);
  if (!report) return Error(platform::file_errors::Unwritable, file, platform::reason(errno));
  return report;
}

/// Whether it was good.
Expected<bool> play_drill(const DrillFlags& flags, const drill::Plan& plan) {
  TRY(auto report, open_report(flags.json));
  TRY(const auto folder, DrillFolder::open(flags.folder));
  platform::SystemRandom random;
  const auto now = platform::SystemClock{}.now();
  std::cout << "== " << flags.nodes << " nodes, each with its share of the districts, in " << folder.path().string() << '\n' << std::flush;
  TRY(const auto town, drill::Town::make("/proc/self/exe", folder.path(), flags.nodes, flags.source, random, now));
  TRY_VOID(town->start());
  drill::People people(town->catalogue(), random, plan.seed, flags.passed_on, now);
  std::cout << "== " << plan.day.cases << " people (演示) come within " << flags.day_s << " s, with " << people.items() << " items\n" << std::flush;
  TRY(const auto played, drill::play(*town, people, plan, [](const drill::Progress& progress) { std::cout << drill::line_of(progress) << std::flush; }));
  town->stop();
  std::cout << "== going through what the nodes have kept\n" << std::flush;
  TRY(const auto reckoning, drill::reckon(*town, played.filed));
  const drill::Outcome outcome{*town, plan, played, reckoning};
  std::cout << drill::text_of(outcome) << std::flush;
  if (report.is_open() && !(report << drill::json_of(outcome) << std::flush)) return Error(platform::file_errors::Unwritable, flags.json, platform::reason(errno));
  return outcome.good();
}

std::chrono::milliseconds seconds(double value) { return std::chrono::milliseconds(static_cast<std::int64_t>(value * 1000)); }

int run(const DrillFlags& flags) {
  crypto::start();
  drill::Plan plan = flags.plan;
  plan.day.length = seconds(flags.day_s);
  plan.stall = seconds(flags.stall_s);
  plan.patience = seconds(flags.patience_s);
  const auto good = play_drill(flags, plan);
  if (!good) return fail(good.error());
  return *good ? 0 : 1;
}

}  // namespace

void add_drill_command(CLI::App& app, int& exit_code) {
  auto flags = std::make_shared<DrillFlags>();
  auto& plan = flags->plan;
  auto& command = *app.add_subcommand("drill", "Play a day of the city against nodes of its own on this machine, with faults, and report what was lost (nothing) and who was slow");
  command.add_option("--nodes", flags->nodes, "Nodes among which the districts are dealt out; 16: one for each district")->capture_default_str()->check(CLI::Range(2, 16));
  command.add_option("--cases", plan.day.cases, "People who come; a working day of the whole city has some 40,000")->capture_default_str()->check(CLI::Range(1, 1'000'000));
  command.add_option("--day", flags->day_s, "Seconds into which the day is pressed")->capture_default_str()->check(CLI::Range(1.0, 86'400.0));
  command.add_option("--peak", plan.day.peak, "How many times the mean come in the busiest hundredth of the day")->capture_default_str()->check(CLI::Range(1.0, 99.0));
  command.add_option("--passed-on", flags->passed_on, "Share of them who want what another centre decides; what it is in life no source says")->capture_default_str()->check(CLI::Range(0.0, 1.0));
  command.add_option("--people", plan.people, "How many are served at the same time")->capture_default_str()->check(CLI::Range(1, 256));
  command.add_option("--kills", plan.kills, "Nodes ended by SIGKILL in the course of the day, and started again")->capture_default_str()->check(CLI::Range(0, 10'000));
  command.add_option("--stalls", plan.stalls, "Nodes that hang for a while")->capture_default_str()->check(CLI::Range(0, 10'000));
  command.add_option("--stall-time", flags->stall_s, "Seconds for which they do")->capture_default_str()->check(CLI::Range(0.1, 600.0));
  command.add_option("--patience", flags->patience_s, "Seconds after the day for what is still on its way")->capture_default_str()->check(CLI::Range(1.0, 86'400.0));
  command.add_option("--seed", plan.seed, "What people want, where, and which node fails; not when")->capture_default_str();
  command.add_option("--folder", flags->folder, "An empty folder to play in, which stays with the nodes' logs and stores (default: one that is removed)");
  command.add_option("--json", flags->json, "File that also gets the report as JSON");
  command.add_option("--catalogue-source", flags->source, "Source of the catalogue")->capture_default_str();
  command.callback([flags, &exit_code] { exit_code = run(*flags); });
}

}  // namespace tongban::server

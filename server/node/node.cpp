#include "server/node/node.h"

#include <malloc.h>
#include <sys/resource.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/signal_set.hpp>

#include "server/exchange/alarm.h"
#include "server/exchange/courier.h"
#include "server/exchange/postbox.h"
#include "server/exchange/recall.h"
#include "server/http/handlers/handlers.h"
#include "server/node/backup.h"
#include "server/node/lanes.h"
#include "server/node/material_sweep.h"
#include "server/node/prepare.h"
#include "server/node/words.h"
#include "server/platform/clock.h"
#include "server/platform/files.h"
#include "server/platform/folder_lock.h"
#include "server/platform/log.h"
#include "server/store/attachment_folder.h"
#include "server/store/owed_file.h"
#include "server/store/postgres/ledger.h"
#include "server/store/sqlite/ledger.h"
#include "shared/crypto/start.h"
#include "shared/usecases/install_snapshot.h"

namespace tongban::server {

namespace {

Expected<std::unique_ptr<Ledger>> open_ledger(const NodeOptions& options, Lane& answers) {
  if (auto database = options.database) {
    database->parameters.emplace("application_name", "tongban " + options.name.text());
    TRY(auto ledger, store::PostgresLedger::open(std::move(*database), store::Presence::Alone, answers));
    return std::unique_ptr<Ledger>(std::move(ledger));
  }
  TRY(auto ledger, store::SqliteLedger::open(DataPaths(options.data).store, answers, {options.limits.store_bytes, store::usual_log}));
  return std::unique_ptr<Ledger>(std::move(ledger));
}

}  // namespace

/// In the order in which they are built; taken down in the reverse.
struct RunningNode::Parts {
  NodeOptions options;
  std::optional<platform::FolderLock> lock;  ///< until everything else here is down
  std::shared_ptr<const ports::Clock> clock = std::make_shared<platform::SystemClock>();
  platform::SystemRandom random;
  http::Service service, peers_service;  ///< before io: a session that io still holds at the end strikes itself off its list
  boost::asio::io_context io{1};
  NetworkLane network{io};
  std::unique_ptr<SlowLane> slow = std::make_unique<SlowLane>();
  std::optional<Prepared> prepared;
  std::optional<store::AttachmentFolder> attachments;
  std::unique_ptr<Ledger> ledger;
  std::vector<FirstPassword> passwords;
  std::optional<Node> node;
  std::optional<http::StaticSite> site;
  std::optional<http::Listener> listener, peers_door;
  std::optional<exchange::Courier> courier;
  std::optional<exchange::Recall> recall;  ///< after a restore, until the others have told what came since
  std::optional<MaterialSweep> sweep;
  std::optional<boost::asio::signal_set> signals;
  std::uint64_t damaged_materials = 0, discarded_materials = 0, differing_letters = 0, differing_copies = 0;  ///< since the start
  bool stopping = false;

  Expected<void> open_store();
  void set_room_aside(const std::filesystem::path& file);
  Expected<void> open_door();
  Expected<void> make_accounts();
  void add_routes();
  void add_gauges();
  bool crowded(http::Needs needs) const;
  Expected<void> ready() const;
  Expected<void> open_peers_door();
  void start_sweeping();
  void heal(Instant since);
  void add_exchange_routes(http::Service& door);
  void reload();
  Expected<void> reload_directory();
  void reload_catalogue();
  Expected<void> reload_certificates();
  void wait_for_signal();
  void close();
};

namespace {

bool is_loopback(const std::string& address) {
  boost::system::error_code failed;
  const auto ip = boost::asio::ip::make_address(address, failed);
  return !failed && ip.is_loopback();
}

}  // namespace

Expected<void> RunningNode::Parts::open_store() {
  const DataPaths paths(options.data);
  TRY(attachments, store::AttachmentFolder::open(paths.materials, options.limits.keep_free));
  TRY(ledger, open_ledger(options, network));
  node.emplace(Node{.id = options.name,
                    .version = TONGBAN_VERSION,
                    .centres = {prepared->centres.begin(), prepared->centres.end()},
                    .secure = options.tls.has_value(),
                    .most_parcels = options.limits.parcels,
                    .clock = *clock,
                    .random = random,
                    .ledger = *ledger,
                    .attachments = *attachments,
                    .network = network,
                    .slow = *slow});
  set_room_aside(paths.owed);
  node->catalogue = prepared->catalogue;
  node->directory = std::make_shared<const wire::Directory>(prepared->trust.directory);
  node->keys = std::make_shared<const platform::CentreKeyFile>(std::move(prepared->keys));
  node->intake = std::make_shared<const std::vector<crypto::SealingKey>>(std::move(prepared->intake));
  return {};
}

/// And writes down what an earlier process still owed. Where there is no room even for that, they are kept in memory.
void RunningNode::Parts::set_room_aside(const std::filesystem::path& file) {
  auto owed = store::OwedFile::open(file);
  if (!owed) return platform::log(platform::Level::Warn, "no room is set aside for readings while the disk is full", owed.error());
  node->owed = std::move(*owed);
  const auto left = node->owed->begin_paying();
  if (left.empty()) return;
  const auto written = ledger->write_now([&](Transaction& tx) -> Expected<void> {
    for (const auto& reading : left) TRY_VOID(tx.append_reading(reading));
    return {};
  });
  node->owed->ended_paying(written.has_value());
}

void RunningNode::Parts::add_routes() {
  http::add_node_routes(service, *node, {[this] { return ready(); }, std::string(openapi_text())});
  http::add_catalogue_routes(service, *node, DataPaths(options.data).catalogue.string());
  http::add_material_routes(service, *node);
  http::add_sign_in_routes(service, *node);
  http::add_resident_routes(service, *node);
  http::add_staff_routes(service, *node);
  http::add_carried_routes(service, *node);
  if (!options.peers && is_loopback(options.address)) add_exchange_routes(service);
  if (site) http::add_site_routes(service, *site);
}

void RunningNode::Parts::add_exchange_routes(http::Service& door) {
  const auto with = [this](auto take) {
    return [this, take](Caller caller, Bytes octets, std::function<void(Expected<Bytes>)> done) {
      take(*node, std::move(caller), std::move(octets), std::move(done));
    };
  };
  http::add_exchange_routes(door, {with(exchange::take_envelope), with(exchange::take_parcel), with(exchange::take_recall)});
}

void RunningNode::Parts::add_gauges() {
  service.metrics.gauge("tongban_ledger_waiting", "Pieces of work that wait for the ledger.",
                        [this] { return static_cast<double>(ledger->waiting()); });
  service.metrics.gauge("tongban_outbox_waiting", "Letters to other centres that are not settled.",
                        [this] { return static_cast<double>(courier->waiting()); });
  service.metrics.gauge("tongban_outbox_oldest_seconds", "Age of the oldest of them.", [this] { return courier->oldest_age(); });
  service.metrics.gauge("tongban_outbox_late", "1 when the oldest has waited too long, in working hours.", [this] { return courier->late() ? 1.0 : 0.0; });
  service.metrics.gauge("tongban_lanes_with_a_gap", "Lanes in which a letter of another centre is missing, as a later one tells.",
                        [this] { return static_cast<double>(courier->gaps()); });
  service.metrics.family("tongban_outbox_waiting_by_node", "Letters that are not settled, by the node that is to take them.", "node", [this] {
    http::Metrics::Labelled letters;
    for (const auto& [node_name, count] : courier->waiting_by_node()) letters.emplace_back(node_name, static_cast<double>(count));
    return letters;
  });
  const auto& measures = ledger->measures();
  service.metrics.histogram("tongban_store_commit_seconds", "Time of a commit, with the sync that it waits for.", measures.commit_seconds);
  service.metrics.histogram("tongban_store_round_pieces", "Pieces of work that one round of the ledger took together.", measures.round_pieces);
  service.metrics.histogram("tongban_store_checkpoint_seconds", "Time of one step that brings the log into the database.", measures.checkpoint_seconds);
  service.metrics.counter("tongban_materials_damaged_total", "Materials found damaged on the disk since the start.",
                          [this] { return static_cast<double>(damaged_materials); });
  service.metrics.counter("tongban_materials_discarded_total", "Materials discarded since the start, as no case named them.",
                          [this] { return static_cast<double>(discarded_materials); });
  service.metrics.counter("tongban_letters_differing_total", "Letters that came since the start under the id of another one.",
                          [this] { return static_cast<double>(differing_letters); });
  service.metrics.counter("tongban_copies_differing_total", "Recollections refused since the start, here or by another node, as its copy says something else.",
                          [this] { return static_cast<double>(differing_copies); });
  service.metrics.gauge("tongban_healing_questions", "After a restore: what is still to be asked of other nodes.",
                        [this] { return recall ? static_cast<double>(recall->open_questions()) : 0; });
  service.metrics.gauge("tongban_healing_letters", "After a restore: letters that were announced and have not come.",
                        [this] { return recall ? static_cast<double>(recall->expected_letters()) : 0; });
  service.metrics.gauge("tongban_peer_connections", "Connections of other nodes.",
                        [this] { return static_cast<double>(peers_service.metrics.open_connections()); });
  service.metrics.gauge("tongban_catalogue_version", "Version of the catalogue in force.",
                        [this] { return static_cast<double>(node->catalogue->version); });
  service.metrics.gauge("tongban_free_bytes", "Free space where the data lie.",
                        [this] { return static_cast<double>(platform::free_space(options.data)); });
}

bool RunningNode::Parts::crowded(http::Needs needs) const {
  if (needs == http::Needs::Files) return slow->waiting() > options.limits.waiting_files;
  // A letter waits for its signature to be looked at before it waits for the ledger.
  return needs == http::Needs::Store && ledger->waiting() + node->in_turn.waiting() > options.limits.waiting_requests;
}

Expected<void> RunningNode::Parts::ready() const {
  if (!ledger->reachable()) return store::store_errors::Unavailable;
  if (crowded(http::Needs::Store)) return Error(node_errors::Overloaded);
  if (platform::free_space(options.data) < (16u << 20)) return Error(node_errors::NoSpace);
  return {};
}

Expected<void> RunningNode::Parts::open_door() {
  if (!options.site.empty()) {
    TRY(site, http::StaticSite::open(options.site.string()));
  }
  service.limits = options.limits;
  service.now = [this] { return clock->now(); };
  service.failed = peers_service.failed = [](std::string_view route, std::string_view code) {
    platform::log(platform::Level::Fault, std::string(route) + " was answered 500: " + std::string(code));
  };
  service.crowded = peers_service.crowded = [this](http::Needs needs) { return crowded(needs); };
  http::apply_limits(service);
  tls::Context calling, serving;
  if (options.peers) {
    TRY(calling, tls::for_calling(options.peers->line));
  }
  if (options.tls) {
    TRY(serving, tls::for_public(*options.tls));
  }
  courier.emplace(io, *node, std::move(calling));
  node->letters_wait = [this](std::vector<usecases::OutboxRow> letters) { courier->take(std::move(letters)); };
  node->heard_of = [this](const CentreId& from) { courier->heard_of(from); };
  node->letters_late = [](std::uint64_t waiting) {
    platform::log(platform::Level::Warn, std::to_string(waiting) + " letters wait for other centres, some for long; see: tongban exchange status");
  };
  node->late_before = exchange::late_before;
  node->material_damaged = [this](const crypto::Digest& digest) {
    platform::log(platform::Level::Fault, "a material was damaged on the disk, and lies now in materials/damaged: " + to_hex(digest));
    ++damaged_materials;
  };
  node->letter_differs = [this](const EnvelopeId& id, const CentreId& from) {
    platform::log(platform::Level::Fault, "a letter of " + from.text() + " isn't the one that came under its id before, and was refused: " + id.hex());
    ++differing_letters;
  };
  node->copies_differ = [this](const EnvelopeId& id, const CentreId& other, const std::string& code) {
    platform::log(platform::Level::Fault, "of one case " + other.text() + " has another copy than is here, and one of the two was refused (" + code + "), letter " + id.hex());
    ++differing_copies;
  };
  node->not_told = [](const NodeId& asked, const Error& why) {
    platform::log(platform::Level::Warn, "still restored only in part, since " + asked.text() + " has not told what came since the backup", why);
  };
  add_routes();
  add_gauges();
  listener.emplace(io, service);
  TRY_VOID(listener->open(options.address, options.port, std::move(serving)));
  if (options.peers) TRY_VOID(open_peers_door());
  TRY(const auto since, restored_from(options.data));
  if (since) heal(*since);
  courier->wake();
  if (options.limits.keep_unnamed_days > 0) start_sweeping();
  return {};
}

Expected<void> RunningNode::Parts::make_accounts() {
  TRY(passwords, make_first_accounts(*ledger, prepared->centres, random, clock->now()));
  return {};
}

void RunningNode::Parts::start_sweeping() {
  sweep.emplace(io, *node, *attachments, std::chrono::hours(24) * options.limits.keep_unnamed_days, [this](std::size_t discarded) {
    discarded_materials += discarded;
    if (discarded > 0) platform::log(platform::Level::Info, std::to_string(discarded) + " materials were discarded that no case names");
  });
  sweep->start();
}

void RunningNode::Parts::heal(Instant since) {
  service.read_only = true;
  platform::log(platform::Level::Info, "restored from a backup: asking the other nodes for what came since");
  recall.emplace(io, *node, courier->peers(), since, std::set<NodeId>(options.without.begin(), options.without.end()));
  recall->start([this](const exchange::Healed& healed) {
    service.read_only = false;
    forget_restore(options.data);
    platform::log(platform::Level::Info, "the other nodes have told what came since; changes are taken again");
    if (healed.lost_files > 0)
      platform::log(platform::Level::Warn, "files that were on the lost disk only: " + std::to_string(healed.lost_files) + "; whoever opens one is told to ask for it again");
    if (healed.left_copies > 0)
      platform::log(platform::Level::Fault, "copies that could not go on from what was told: " + std::to_string(healed.left_copies) + "; see: tongban log verify");
  });
}

Expected<void> RunningNode::Parts::open_peers_door() {
  TRY(auto serving, tls::for_callers(options.peers->line));
  peers_service.limits = options.limits;
  peers_service.now = service.now;
  http::apply_limits(peers_service);
  add_exchange_routes(peers_service);
  peers_door.emplace(io, peers_service);
  return peers_door->open(options.peers->address, options.peers->port, std::move(serving));
}

void RunningNode::Parts::reload() {
  if (const auto taken = reload_directory(); !taken) platform::log(platform::Level::Warn, "the directory was not reloaded", taken.error());
  reload_catalogue();
  if (const auto renewed = reload_certificates(); !renewed)
    platform::log(platform::Level::Warn, "the certificates were not renewed", renewed.error());
}

/// Versions only go up; what is under way finishes on the directory and the keys that it began with.
Expected<void> RunningNode::Parts::reload_directory() {
  const DataPaths paths(options.data);
  // An epoch's file may have come or gone without anything new on the list.
  TRY(auto intake, platform::read_intake_keys(paths.keys));
  node->intake = std::make_shared<const std::vector<crypto::SealingKey>>(std::move(intake));
  TRY(auto trust, Trust::open(paths.keys, options.directory.empty() ? paths.directory : options.directory, clock->now()));
  const bool newer = trust.directory.version > node->directory->version || trust.list.version > prepared->trust.list.version;
  if (!newer) return {};
  TRY(auto keys, centre_keys(paths, {}, trust.directory, random, clock->now()));
  TRY_VOID(trust.hold(paths.keys));
  TRY_VOID(platform::replace_file(paths.catalogue / "keys.json", as_bytes(keys_json(trust)), platform::Mode::Public));
  node->keys = std::make_shared<const platform::CentreKeyFile>(std::move(keys));
  node->directory = std::make_shared<const wire::Directory>(trust.directory);
  prepared->trust = std::move(trust);
  platform::log(platform::Level::Info, "directory version " + std::to_string(node->directory->version) + " is in force");
  courier->wake();
  return {};
}

/// All of them or none, so that a half-written folder changes nothing.
Expected<void> RunningNode::Parts::reload_certificates() {
  tls::Context serving, called, calling;
  if (options.tls) {
    TRY(serving, tls::for_public(*options.tls));
  }
  if (options.peers) {
    TRY(called, tls::for_callers(options.peers->line));
    TRY(calling, tls::for_calling(options.peers->line));
    peers_door->renew(std::move(called));
    courier->renew(std::move(calling));
  }
  if (options.tls) listener->renew(std::move(serving));
  return {};
}

/// A snapshot that `tongban catalogue build` has put in place while the node runs; an older one is left alone.
void RunningNode::Parts::reload_catalogue() {
  const auto snapshot = platform::read_file(DataPaths(options.data).catalogue / "current.snap");
  if (!snapshot) return platform::log(platform::Level::Warn, "the catalogue was not reloaded", snapshot.error());
  auto installed = usecases::install_snapshot(*snapshot, node->catalogue->version, prepared->trust.list, clock->now());
  if (!installed) return platform::log(platform::Level::Warn, "the catalogue was not reloaded", installed.error());
  node->catalogue = std::make_shared<const catalogue::Catalogue>(std::move(installed->catalogue));
  platform::log(platform::Level::Info, "catalogue version " + std::to_string(node->catalogue->version) + " is in force");
}

void RunningNode::Parts::wait_for_signal() {
  signals->async_wait([this](boost::system::error_code stopped, int signal) {
    if (stopped) return;
    if (signal != SIGHUP) return close();
    reload();
    wait_for_signal();
  });
}

void RunningNode::Parts::close() {
  if (stopping) return;
  stopping = true;
  listener->close();
  if (peers_door) peers_door->close();
  if (recall) recall->stop();
  if (sweep) sweep->stop();
  courier->stop();
  if (signals) signals->cancel();
}

namespace {

/// Each connection is a descriptor; the usual soft limit of 1,024 is far below what a node is asked to hold.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

RunningNode::RunningNode(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Expected<std::unique_ptr<RunningNode>> RunningNode::start(const NodeOptions& options) {
  crypto::start();
  raise_descriptor_limit();
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  if (options.clock) parts->clock = options.clock;
  TRY_VOID(platform::make_folder(options.data, platform::Mode::Private));
  TRY(parts->lock, platform::FolderLock::take(options.data));
  TRY_VOID(check_restored(options.data, options.database));
  TRY(parts->prepared, prepare(options, parts->random, parts->clock->now()));
  TRY_VOID(parts->open_store());
  TRY_VOID(parts->open_door());
  std::unique_ptr<RunningNode> node(new RunningNode(std::move(parts)));
  // Last: a start that failed after it would have passwords stored that nobody was ever shown.
  TRY_VOID(node->parts_->make_accounts());
  ::malloc_trim(0);
  return node;
}

RunningNode::~RunningNode() {
  if (!parts_) return;
  // The lanes end first: what they still have posts its answer to an io context that nobody runs any more.
  parts_->ledger.reset();
  parts_->slow.reset();
}

std::uint16_t RunningNode::port() const { return parts_->listener->port(); }

std::vector<std::string> RunningNode::routes() const {
  std::vector<std::string> routes;
  for (const auto& route : parts_->service.router.routes()) routes.push_back(std::string(http::to_text(route.method)) + ' ' + route.pattern);
  return routes;
}

const std::vector<FirstPassword>& RunningNode::first_passwords() const { return parts_->passwords; }

std::string RunningNode::welcome() const {
  return welcome_text(parts_->options, port(), parts_->node->centres.size(), parts_->node->catalogue->version);
}

void RunningNode::run() { parts_->io.run(); }

void RunningNode::stop() {
  boost::asio::post(parts_->io, [this] { parts_->close(); });
}

void RunningNode::reload() {
  boost::asio::post(parts_->io, [this] { parts_->reload(); });
}

void RunningNode::stop_on_signals() {
  parts_->signals.emplace(parts_->io, SIGINT, SIGTERM, SIGHUP);
  parts_->wait_for_signal();
}

}  // namespace tongban::server

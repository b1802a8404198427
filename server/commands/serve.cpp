#include <boost/asio/ip/address.hpp>
#include <iostream>
#include <sstream>

#include "server/commands/commands.h"
#include "server/commands/store_access.h"
#include "server/node/node.h"
#include "server/node/words.h"
#include "server/platform/log.h"

namespace tongban::server {
namespace {

/// What CLI11 fills in; turned into NodeOptions when all of it is known.
struct ServeFlags : StoreFlags {
  NodeOptions node;
  std::string name = "city", site, centres, directory, tls_certificate, tls_key;
  PeerDoor peers;
  std::vector<std::string> without;
  std::string source = TONGBAN_CATALOGUE_SOURCE;
  bool lan = false;
  double idle_s = 75, header_s = 10, body_s = 60, work_s = 30, write_s = 60;
};

constexpr std::uint64_t most_octets = std::uint64_t{1} << 30;
constexpr std::uint64_t least_json_bytes = 16 * 1024;        ///< an application with many materials
constexpr std::uint64_t least_material_bytes = 256 * 1024;   ///< a photograph on which a page can still be read

std::vector<CentreId> split(const std::string& list) {
  std::vector<CentreId> ids;
  std::size_t at = 0;
  while (list != "all" && at < list.size()) {
    const auto comma = std::min(list.find(',', at), list.size());
    if (comma > at) ids.emplace_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return ids;
}

/// Like CLI::Range, but with a sentence of its own; and `nan`, which is neither below nor above anything, is refused.
template <typename Number>
CLI::Validator between(Number least, Number most) {
  std::ostringstream range;
  range << least << " to " << most;
  const auto judge = [least, most, range = range.str()](const std::string& given) {
    Number number{};
    if (CLI::detail::lexical_cast(given, number) && number >= least && number <= most) return std::string();
    return "takes a number from " + range + ", not " + given;
  };
  return {[judge](std::string& given) { return judge(given); }, range.str()};
}

/// As much of a database as SQLite makes at once, or none at all: no limit.
CLI::Validator store_size() {
  constexpr std::uint64_t least = 1 << 20;
  return {[](std::string& given) {
            std::uint64_t octets = 0;
            if (CLI::detail::lexical_cast(given, octets) && (octets == 0 || octets >= least)) return std::string();
            return "takes 0 or a number from " + std::to_string(least) + ", not " + given;
          },
          "0, or from 1 MiB"};
}

/// Names are for other nodes' addresses in the directory: a door is opened at one of this machine's addresses.
CLI::Validator ip_address() {
  return {[](std::string& given) {
            boost::system::error_code no_address;
            boost::asio::ip::make_address(given, no_address);
            return no_address ? "takes an IP address, as 127.0.0.1 or ::1, not " + given : std::string();
          },
          "IP"};
}

void add_limit_options(CLI::App& serve, ServeFlags& flags) {
  auto& limits = flags.node.limits;
  const std::string group = "Limits";
  const auto seconds = between(0.1, 86'400.0);
  const auto rate = between(0.0, 1e9), burst = between(1.0, 1e9);
  const auto octets_a_second = between(std::uint64_t{1}, most_octets);
  const auto waiting = between(std::size_t{1}, std::size_t{1'000'000});
  serve.add_option("--max-connections", limits.connections, "Connections at once")->capture_default_str()->check(between(std::size_t{1}, std::size_t{1'000'000}))->group(group);
  serve.add_option("--max-connections-each", limits.connections_per_address, "Connections at once from one address (0: as many as there may be at all)")->capture_default_str()->group(group);
  serve.add_option("--max-header", limits.header_bytes, "Octets of a request's head (431 beyond)")->capture_default_str()->check(between(std::size_t{1'024}, http::most_header_bytes))->group(group);
  serve.add_option("--max-json", limits.json_bytes, "Octets of a JSON body (413 beyond)")->capture_default_str()->check(between(least_json_bytes, most_octets))->group(group);
  serve.add_option("--max-material", limits.material_bytes, "Octets of one material (413 beyond)")->capture_default_str()->check(between(least_material_bytes, most_octets))->group(group);
  serve.add_option("--max-envelope", limits.envelope_bytes, "Octets of a letter from another node (413 beyond)")->capture_default_str()->check(between(http::least_envelope_bytes, most_octets))->group(group);
  serve.add_option("--materials-a-day", limits.materials_a_day, "Octets of materials from one address in a day (429 beyond; 0: no limit)")->capture_default_str()->group(group);
  serve.add_option("--keep-free", limits.keep_free, "Octets of the disk that no material may take (507 beyond)")->capture_default_str()->group(group);
  serve.add_option("--keep-unnamed", limits.keep_unnamed_days, "Days for which a material is kept that no case names (0: for ever)")->capture_default_str()->check(between(0U, 3'650U))->group(group);
  serve.add_option("--max-parcels", limits.parcels, "Files from other nodes in memory at once (503 beyond), and as many on their way to them")->capture_default_str()->check(between(std::size_t{1}, std::size_t{10'000}))->group(group);
  serve.add_option("--max-store", limits.store_bytes, "Octets of a database in the data folder (507 beyond; 0: as the disk allows)")->capture_default_str()->check(store_size())->group(group);
  serve.add_option("--max-waiting", limits.waiting_requests, "Requests that wait for the store (429 beyond)")->capture_default_str()->check(waiting)->group(group);
  serve.add_option("--max-waiting-files", limits.waiting_files, "Materials that wait to be synced (429 beyond)")->capture_default_str()->check(waiting)->group(group);
  serve.add_option("--rate", limits.requests_per_second, "Requests a second from one address (429 beyond; 0: no limit)")->capture_default_str()->check(rate)->group(group);
  serve.add_option("--rate-burst", limits.requests_burst, "Requests at once from one address")->capture_default_str()->check(burst)->group(group);
  serve.add_option("--submission-rate", limits.submissions_per_minute, "Submissions a minute from one address (0: no limit)")->capture_default_str()->check(rate)->group(group);
  serve.add_option("--submission-burst", limits.submissions_burst, "Submissions at once from one address")->capture_default_str()->check(burst)->group(group);
  serve.add_option("--idle-time", flags.idle_s, "Seconds between two requests of a connection")->capture_default_str()->check(seconds)->group(group);
  serve.add_option("--header-time", flags.header_s, "Seconds for a request's head (408 beyond)")->capture_default_str()->check(seconds)->group(group);
  serve.add_option("--body-time", flags.body_s, "Seconds without any octet of a body (408 beyond), and for a body as a whole besides the time that it takes at --body-rate")->capture_default_str()->check(seconds)->group(group);
  serve.add_option("--body-rate", limits.body_rate, "Octets a second that a body must bring (408 below)")->capture_default_str()->check(octets_a_second)->group(group);
  serve.add_option("--work-time", flags.work_s, "Seconds for the node's own work on a request (503 beyond)")->capture_default_str()->check(seconds)->group(group);
  serve.add_option("--write-time", flags.write_s, "Seconds without any octet of an answer being taken (the line is closed then), and for an answer as a whole besides the time that it takes at --write-rate")->capture_default_str()->check(seconds)->group(group);
  serve.add_option("--write-rate", limits.write_rate, "Octets a second of an answer that must be taken (the line is closed otherwise)")->capture_default_str()->check(octets_a_second)->group(group);
}

void add_peer_options(CLI::App& serve, PeerDoor& peers) {
  const std::string group = "Other nodes";
  serve.add_option("--peer-address", peers.address, "Address at which other nodes call")->capture_default_str()->check(ip_address())->group(group);
  CLI::Option* all[] = {
      serve.add_option("--peer-port", peers.port, "TCP port for them, by mutual TLS 1.3")->check(between(1, 65'535)),
      serve.add_option("--peer-cert", peers.line.own.certificate, "Certificate that names this node as URI tongban:node:NAME, PEM")->check(CLI::ExistingFile),
      serve.add_option("--peer-key", peers.line.own.key, "Its private key, PEM")->check(CLI::ExistingFile),
      serve.add_option("--peer-ca", peers.line.authority, "Authority that vouches for all nodes' certificates, PEM")->check(CLI::ExistingFile)};
  for (auto* option : all) {
    option->group(group);
    for (auto* other : all)
      if (option != other) option->needs(other);
  }
}

NodeOptions options_of(ServeFlags flags) {
  const auto milliseconds = [](double seconds) { return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)); };
  auto& node = flags.node;
  node.name = NodeId(flags.name);
  node.data = flags.data;
  node.site = flags.site;
  node.directory = flags.directory;
  node.catalogue_source = flags.source;
  node.centres = split(flags.centres);
  for (const auto& name : flags.without) node.without.emplace_back(name);
  if (flags.lan) node.address = "0.0.0.0";
  if (!flags.tls_certificate.empty()) node.tls = tls::Files{flags.tls_certificate, flags.tls_key};
  if (flags.peers.port != 0) node.peers = flags.peers;
  node.limits.idle = milliseconds(flags.idle_s);
  node.limits.header_time = milliseconds(flags.header_s);
  node.limits.body_time = milliseconds(flags.body_s);
  node.limits.work_time = milliseconds(flags.work_s);
  node.limits.write_time = milliseconds(flags.write_s);
  return node;
}

int serve_until_stopped(const NodeOptions& options) {
  auto node = RunningNode::start(options);
  if (!node) return fail(node.error());
  (*node)->stop_on_signals();
  if (const auto& made = (*node)->first_passwords(); !made.empty()) std::cout << first_passwords_text(made, options);
  std::cout << (*node)->welcome() << std::flush;
  (*node)->run();
  platform::log(platform::Level::Info, "stopped");
  return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, int& exit_code) {
  auto flags = std::make_shared<ServeFlags>();
  auto& serve = *app.add_subcommand("serve", "Run a node: the portal, the API, and the exchange with other nodes");
  serve.add_option("--data", flags->data, "Folder of database, keys, materials, catalogue; made when missing")->capture_default_str();
  add_database_options(serve, *flags);
  serve.add_option("--site", flags->site, "Folder of the built portal; without it only the API is served");
  serve.add_option("--port", flags->node.port, "TCP port; 0 takes a free one")->capture_default_str()->check(between(0, 65'535));
  serve.add_option("--address", flags->node.address, "Address to listen at")->capture_default_str()->check(ip_address());
  serve.add_option("--node", flags->name, "Name of this node in the directory")->capture_default_str();
  serve.add_option("--centres", flags->centres, "Centres it serves, with commas, or 'all' (default: the directory's, else all)");
  serve.add_option("--directory", flags->directory, "Signed directory of all nodes (default: this node is the whole city)")->check(CLI::ExistingFile);
  serve.add_option("--catalogue-source", flags->source, "Source that is compiled when it has changed")->capture_default_str();
  serve.add_flag("--lan", flags->lan, "Listen at every address; needs TLS, since browsers give a page without it no storage");
  auto* certificate = serve.add_option("--tls-cert", flags->tls_certificate, "Certificate chain, PEM")->check(CLI::ExistingFile);
  auto* key = serve.add_option("--tls-key", flags->tls_key, "Its private key, PEM")->check(CLI::ExistingFile);
  certificate->needs(key);
  key->needs(certificate);
  add_peer_options(serve, flags->peers);
  serve.add_option("--without-node", flags->without, "After a restore: a node that will not be asked for what came since")->group("Other nodes");
  add_limit_options(serve, *flags);
  serve.callback([flags, &exit_code] {
    if (flags->lan && flags->tls_certificate.empty()) throw CLI::ValidationError("--lan", "needs --tls-cert and --tls-key");
    auto options = options_of(*flags);
    auto database = database_of(*flags);
    if (!database) {
      exit_code = fail(database.error());
      return;
    }
    options.database = std::move(*database);
    exit_code = serve_until_stopped(options);
  });
}

int fail(const Error& error) {
  std::cerr << "tongban: " << error.code->en;
  if (!error.where.empty()) std::cerr << " (" << error.where << ')';
  if (!error.detail.empty()) std::cerr << ' ' << error.detail;
  std::cerr << '\n' << error.code->zh << '\n';
  return 1;
}

}  // namespace tongban::server

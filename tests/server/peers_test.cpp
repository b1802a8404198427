// The line between nodes: who is let in, and whom a node believes.
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/exchange/peer_client.h"
#include "server/node/trust.h"
#include "server/platform/clock.h"
#include "server/ports/transaction.h"
#include "shared/wire/envelope.h"
#include "shared/wire/parcel.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;
using exchange::Peer;
using exchange::PeerAnswer;

namespace {

tls::Context calling(const tls::PeerLine& line) {
  auto context = tls::for_calling(line);
  REQUIRE(context);
  return std::move(*context);
}

Expected<PeerAnswer> call(const Peer& peer, tls::Context tls, const std::string& path, Bytes body) {
  boost::asio::io_context io;
  exchange::PeerClient client(io, std::move(tls));
  std::optional<Expected<PeerAnswer>> answer;
  client.post(peer, path, std::move(body), [&](const Expected<PeerAnswer>& came) { answer.emplace(came); });
  io.run();
  REQUIRE(answer);
  if (*answer) leave_exchange("POST " + path + " HTTP/1.1\r\n\r\n", {(*answer)->status, {{"content-type", unread}}, {}});
  return std::move(*answer);
}

const Bytes photograph{0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F'};

/// A file of one of A's centres for one of B's, as only A can sign it.
Bytes parcel_of_a(const std::filesystem::path& folder) {
  platform::SystemRandom random;
  const auto now = platform::SystemClock{}.now();
  const auto keys = platform::CentreKeyFile::open(folder / "a" / "keys" / "centres.key", {}, random);
  const auto trust = server::Trust::open(folder / "a" / "keys", folder / "directory.bin", now);
  REQUIRE(trust);
  const auto* to = trust->directory.find(CentreId("310110019"), now);
  REQUIRE(to);
  auto parcel = wire::write_parcel({CentreId("310109010"), to->centre, photograph}, to->sealing, *keys, random);
  REQUIRE(parcel);
  return std::move(*parcel);
}

/// The id of the one letter that this node has written.
EnvelopeId only_letter_of(const std::filesystem::path& data) {
  std::vector<server::LogEntry> log;
  look_into(data, [&](server::Transaction& tx) -> Expected<void> {
    TRY(log, tx.exchange_log(1, 10));
    return {};
  });
  REQUIRE_FALSE(log.empty());
  REQUIRE(log.front().kind == server::LogKind::Sent);
  return log.front().envelope;
}

/// A letter that A has signed, under that id.
Bytes another_letter(const std::filesystem::path& folder, const EnvelopeId& id) {
  platform::SystemRandom random;
  const auto now = platform::SystemClock{}.now();
  const auto keys = platform::CentreKeyFile::open(folder / "a" / "keys" / "centres.key", {}, random);
  const auto trust = server::Trust::open(folder / "a" / "keys", folder / "directory.bin", now);
  REQUIRE(trust);
  wire::Letter letter;
  letter.kind = wire::LetterKind::Progress;
  letter.from = CentreId("310109010");
  letter.to = CentreId("310110019");
  letter.submission_id = ports::fresh<SubmissionId>(random);
  letter.number = CaseNumber("TB261124-DEM0DEM0");
  auto bytes = wire::write_envelope(id, letter, trust->directory.find(letter.to, now)->sealing, *keys, random);
  REQUIRE(bytes);
  return std::move(*bytes);
}

/// The serial number of the certificate that a door shows, whoever has signed it.
std::int64_t certificate_at(std::uint16_t port) {
  namespace asio = boost::asio;
  asio::io_context io;
  asio::ssl::context tls(asio::ssl::context::tls_client);
  asio::ssl::stream<asio::ip::tcp::socket> stream(io, tls);
  stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
  stream.handshake(asio::ssl::stream_base::client);
  const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(stream.native_handle()), X509_free);
  REQUIRE(shown);
  return ASN1_INTEGER_get(X509_get0_serialNumber(shown.get()));
}

/// No answer at all: the handshake has failed, on whichever side.
bool turned_away(const Expected<PeerAnswer>& answer) {
  return !answer && (answer.error().is(exchange::peer_errors::Unreachable) || answer.error().is(exchange::peer_errors::Broken));
}

}  // namespace

TEST_CASE("a node lets in only whom the authority vouches for, with what the directory says is theirs to bring") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls"), stranger(folder.path() / "other-tls");
  const auto options = two_nodes(folder.path(), &authority).b;
  LivingNode b(options);
  const Peer peer{NodeId("b"), "https://127.0.0.1:" + std::to_string(options.peers->port)};
  const auto bring = [&](tls::Context tls) { return call(peer, std::move(tls), "/exchange/v1/parcels", parcel_of_a(folder.path())); };

  SUBCASE("A's own certificate is good for A's parcel") {
    const auto answer = bring(calling(authority.line("a")));
    REQUIRE(answer);
    CHECK(answer->status == 200);
  }
  SUBCASE("without a certificate there is no answer") {
    auto bare = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client);
    bare->load_verify_file(authority.certificate());
    CHECK(turned_away(bring(std::move(bare))));
  }
  SUBCASE("nor with one of another authority") {
    CHECK(turned_away(bring(calling({stranger.issue("a", {"a"}), authority.certificate()}))));
  }
  SUBCASE("nor with one that has expired") {
    CHECK(turned_away(bring(calling({authority.issue("late", {"a", std::chrono::hours(-1)}), authority.certificate()}))));
  }
  SUBCASE("nor in TLS 1.2") {
    auto old = calling(authority.line("a"));
    SSL_CTX_set_min_proto_version(old->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(old->native_handle(), TLS1_2_VERSION);
    CHECK(turned_away(bring(std::move(old))));
  }
  SUBCASE("a node that the directory doesn't know is refused, and so is another node of it, and a certificate without a node") {
    for (const char* node : {"z", "b", ""}) {
      const auto answer = bring(calling({authority.issue("guest", {node}), authority.certificate()}));
      REQUIRE(answer);
      CHECK(answer->status == 403);
    }
  }
  SUBCASE("the public door knows nothing of the exchange") {
    CHECK(ask(options.port, "POST", "/exchange/v1/parcels", {}, "x").status == 404);
  }
}

TEST_CASE("a node gives its letters only to the very node that the directory means") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls"), stranger(folder.path() / "other-tls");
  auto options = two_nodes(folder.path(), &authority).b;
  const Peer peer{NodeId("b"), "https://127.0.0.1:" + std::to_string(options.peers->port)};
  const auto nothing = [&] { return call(peer, calling(authority.line("a")), "/exchange/v1/parcels", {}); };

  SUBCASE("another node of the same authority answers at its address") {
    options.peers->line = authority.line("a");
    LivingNode b(options);
    const auto answer = nothing();
    REQUIRE_FALSE(answer);
    CHECK(answer.error().is(exchange::peer_errors::OtherNode));
  }
  SUBCASE("one whom only a stranger vouches for answers") {
    options.peers->line.own = stranger.issue("b", {"b"});
    LivingNode b(options);
    CHECK(turned_away(nothing()));
  }
  SUBCASE("a plain line to another machine is never taken") {
    const auto answer = call({NodeId("b"), "http://192.0.2.1:8080"}, nullptr, "/exchange/v1/parcels", {});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().is(exchange::peer_errors::BadAddress));
  }
}

TEST_CASE("a renewed certificate is shown to whoever connects after the reload, without a restart") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls");
  auto options = two_nodes(folder.path(), &authority).b;
  options.peers->line.own = authority.issue("b", {"b", std::chrono::hours(-1)});
  LivingNode b(options);
  const Peer peer{NodeId("b"), "https://127.0.0.1:" + std::to_string(options.peers->port)};
  const auto answers = [&] { return call(peer, calling(authority.line("a")), "/exchange/v1/parcels", parcel_of_a(folder.path())).has_value(); };
  CHECK_FALSE(answers());
  authority.issue("b", {"b"});
  b.reload();
  CHECK(eventually(answers));

  std::filesystem::remove(options.peers->line.own.key);
  b.reload();
  CHECK(answers());
}

TEST_CASE("the public door shows a renewed certificate after the reload, but none of a folder that is only half written") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls");
  auto options = two_nodes(folder.path(), &authority).b;
  options.port = free_port();
  options.tls = authority.issue("public", {""});
  LivingNode b(options);
  const auto first = certificate_at(options.port), first_to_peers = certificate_at(options.peers->port);

  authority.issue("public", {""});
  std::filesystem::rename(options.peers->line.own.key, folder.path() / "on-its-way");
  b.reload();
  CHECK_FALSE(eventually([&] { return certificate_at(options.port) != first; }, std::chrono::seconds(1)));

  std::filesystem::rename(folder.path() / "on-its-way", options.peers->line.own.key);
  authority.issue("b", {"b"});
  b.reload();
  CHECK(eventually([&] { return certificate_at(options.port) != first && certificate_at(options.peers->port) != first_to_peers; }));
}

TEST_CASE("letters that nobody took from an expired certificate go out under the renewed one, without a restart") {
  TemporaryFolder folder;
  const Authority authority(folder.path() / "tls");
  auto options = two_nodes(folder.path(), &authority);
  options.a.peers->line.own = authority.issue("a", {"a", std::chrono::hours(-1)});
  LivingNode a(options.a), b(options.b);
  const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
  const auto resident = submit_to(a.port(), sealed());
  window.pass_on(resident);
  const auto arrived = [&] { return resident.view().custodian == CentreId("310110019"); };
  CHECK_FALSE(eventually(arrived, std::chrono::seconds(1)));

  authority.issue("a", {"a"});
  a.reload();
  CHECK(eventually(arrived));
}

TEST_CASE("other octets under the id of a letter that was answered are refused, and the operator is told") {
  TemporaryFolder folder;
  const auto options = two_nodes(folder.path());
  LivingNode b(options.b);
  {
    LivingNode a(options.a);
    const Desk window(a.port(), "quyang-window", a.password_of("quyang-window"));
    const auto resident = submit_to(a.port(), sealed());
    window.pass_on(resident);
    REQUIRE(eventually([&] { return resident.view().custodian == CentreId("310110019"); }));
  }
  const auto differing = [&] {
    const auto metrics = ask(b.port(), "GET", "/metrics").body;
    const auto at = metrics.find("\ntongban_letters_differing_total ");
    REQUIRE(at != std::string::npos);
    return metrics.substr(at + 33, 1);
  };
  CHECK(differing() == "0");
  const auto answer = ask(b.port(), "POST", "/exchange/v1/envelopes", {}, as_text(another_letter(folder.path(), only_letter_of(options.a.data))));
  CHECK(answer.status == 409);
  CHECK(answer.body.find("exchange.digest_differs") != std::string::npos);
  CHECK(differing() == "1");
}

// Writes what fuzzing begins with, a folder for each target: the samples of the golden vectors, and real requests.
#include <filesystem>
#include <fstream>
#include <map>

#include "shared/base/base45.h"
#include "shared/catalogue/codec.h"
#include "shared/crypto/key_list.h"
#include "shared/wire/directory.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/carried.h"
#include "shared/wire/json/node.h"
#include "shared/wire/json/problem.h"
#include "shared/wire/json/staff.h"
#include "shared/wire/json/verbs.h"
#include "shared/wire/json/workload.h"
#include "shared/wire/parcel.h"
#include "shared/wire/receipt.h"
#include "tests/unit/catalogue/golden.h"
#include "tests/unit/catalogue/sample.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;

namespace {

class Seeds {
 public:
  explicit Seeds(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void add(const std::string& target, ByteView octets) {
    const auto folder = folder_ / target;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / std::to_string(count_[target]++), std::ios::binary) << as_text(octets);
  }
  /// With the octet before it by which the target chooses its reader.
  void add(const std::string& target, std::uint8_t choice, std::string_view text) {
    Bytes octets{choice};
    octets.insert(octets.end(), text.begin(), text.end());
    add(target, octets);
  }

 private:
  std::filesystem::path folder_;
  std::map<std::string, int> count_;
};

void add_wire(Seeds& seeds) {
  const fakes::FixedCentreKeys keys({samples::a, samples::b});
  const wire::Directory directory = fakes::fixed_directory({samples::a, samples::b});
  const auto& sealing = directory.find(samples::b, {0})->sealing;
  fakes::SeededRandom random(77);
  seeds.add("application", wire::encode(samples::application()));
  const Bytes carried = samples::carried();
  seeds.add("carried", 4, as_text(carried));
  for (const std::size_t longest : {400u, 700u, 2'000u}) {
    std::string lines;
    const auto codes = wire::cut_into_codes(carried, longest);
    for (const std::string& code : *codes) lines += code + '\n';
    seeds.add("carried", 0, lines);
  }
  seeds.add("carried", 1, wire::json::write_opened_carried({samples::application(), CaseNumber("TB261124-0000000A"), samples::a}));
  seeds.add("carried", 2, wire::json::write_carried(carried));
  seeds.add("carried", 3, to_base45(carried));
  for (const casework::Event& event : samples::events()) seeds.add("event", wire::encode(event));
  for (const auto kind : {wire::LetterKind::Transfer, wire::LetterKind::Progress, wire::LetterKind::GiveBack, wire::LetterKind::Request, wire::LetterKind::Enquiry,
                          wire::LetterKind::Claim}) {
    const wire::Letter letter = samples::letter(kind);
    seeds.add("letter", wire::encode(letter));
    seeds.add("mail", wire::encode(letter));
    seeds.add("signed", *wire::write_envelope(ports::fresh<EnvelopeId>(random), letter, sealing, keys, random));
  }
  seeds.add("letter", wire::encode(samples::letter_with_lost()));
  seeds.add("letter", wire::encode(*samples::letter(wire::LetterKind::Request).request));
  const Bytes receipt = *wire::sign_receipt(samples::receipt(), keys);
  seeds.add("signed", receipt);
  seeds.add("signed", as_bytes(wire::proof_text(receipt)));
  const Bytes recall = *wire::write_recall(samples::recall(), keys);
  seeds.add("signed", recall);
  seeds.add("signed", *wire::write_recall_page(samples::recall_page(), recall, keys));
  seeds.add("signed", *wire::write_answer(samples::answer(), keys));
  seeds.add("signed", wire::sign_directory(directory, crypto::SigningKey(crypto::Seed{9})));
  seeds.add("signed", *wire::write_parcel({samples::a, samples::b, {0xFF, 0xD8, 0xFF}}, sealing, keys, random));
}

void add_json(Seeds& seeds) {
  namespace json = wire::json;
  seeds.add("json", 0, json::write_application(samples::application()));
  seeds.add("json", 10, json::write_walk_in({samples::application(), samples::b}));
  seeds.add("json", 4, json::write_node({NodeId("a"), "0.1.0", {samples::a, samples::b}, 7, samples::moment}));
  seeds.add("json", 5, json::write_problem(json::problem_of(Error(wire::envelope_errors::NoKey, "/to"), 400)));
  seeds.add("json", 6, json::write_sign_in({"window-a", "演示"}));
  seeds.add("json", 7, json::write_staff_session({"window-a", "演示窗口", casework::Role::Window, samples::a, "token"}));
  seeds.add("json", 8, json::write_workload({{{samples::a, casework::WorkList::InHand, 3, samples::moment}}, {{samples::a, samples::b, 2, samples::moment}}, {{samples::b, samples::a, 1, {}}}}));
  for (int verb = 0; verb <= static_cast<int>(casework::Verb::RenewAccess); ++verb) {
    for (const casework::Event& event : samples::events()) {
      seeds.add("json", static_cast<std::uint8_t>(verb * 10 + 9), json::write_verb_body(static_cast<casework::Verb>(verb), event.payload));
    }
  }
}

void add_catalogue(Seeds& seeds) {
  seeds.add("catalogue", catalogue::encode(catalogue::small_catalogue()));
  seeds.add("snapshot", 0, as_text(*from_hex(catalogue::golden_snapshot)));
  seeds.add("snapshot", 1, as_text(*from_hex(catalogue::golden_delta)));
}

void add_text(Seeds& seeds) {
  for (const char* text : {"TB261124-0000000A", "310109195001010015", "13800000001", "演示甲", "2026-11-24", "2026-11-24T08:00:00Z", "养老 quyang"}) {
    seeds.add("typed", 0, text);
    seeds.add("typed", 1, text);
  }
  for (const char* text : {"GET /api/v1/cases/TB261124-0000000A?list=to%20receive&x=1 HTTP/1.1\r\nHost: a\r\nCookie: tongban=1; b=2\r\n\r\n",
                           "POST /api/v1/submissions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}",
                           "POST http://a/exchange/v1/envelopes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n\r\n",
                           "POST /api/v1/submissions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\n\r\n4;a=\"b\"\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\nx: y\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                           "GET /files/a HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.5, zstd, *;q=0\r\nIf-None-Match: \"bb\", W/\"aa-zstd\"\r\n\r\n",
                           "PATCH /files/a HTTP/1.1\r\nHost: a\r\nUpload-Offset: 65536\r\nUpload-Complete: ?0\r\nContent-Length: 1\r\n\r\na",
                           "GET /api/v1/cases/tb%20261124%EF%BC%8D0000000A HTTP/1.1\r\nHost: a\r\nAuthorization: Tongban-Case AAAAAAAAAAAAAAAAAAAAAA\r\n\r\n",
                           "GET /files/00112233445566778899aabbccddeeff HTTP/1.1\r\nHost: a\r\nAuthorization: Tongban-Case AAAAAAAAAAAAAAAAAAAAAA\r\n\r\n",
                           "HEAD /files/a/b HTTP/1.0\r\n\r\n"}) {
    seeds.add("http_request", as_bytes(text));
  }
}

}  // namespace

int main(int, char** arguments) {
  Seeds seeds(arguments[1]);
  add_wire(seeds);
  add_json(seeds);
  add_catalogue(seeds);
  add_text(seeds);
}

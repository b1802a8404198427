// The formats as files (tests/vectors): a peer in another language is right when it reads and writes the same.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "shared/wire/directory.h"
#include "shared/wire/parcel.h"
#include "shared/wire/recall.h"
#include "tests/unit/wire/samples.h"

using namespace tongban;

namespace {

std::string path_of(const std::string& name) { return TONGBAN_VECTORS "/" + name + ".hex"; }

/// TONGBAN_WRITE_VECTORS=1 writes the file instead: only for a new format, and with its README.
void check_vector(const std::string& name, ByteView bytes) {
  if (std::getenv("TONGBAN_WRITE_VECTORS")) {
    std::ofstream(path_of(name)) << to_hex(bytes) << '\n';
    return;
  }
  std::ifstream file(path_of(name));
  std::string held;
  file >> held;
  INFO(name);
  CHECK(held == to_hex(bytes));
}

Bytes held(const std::string& name) {
  std::ifstream file(path_of(name));
  std::string text;
  file >> text;
  return from_hex(text).value_or(Bytes());
}

template <typename T>
T value_of(Expected<T> read) {
  REQUIRE(read);
  return std::move(*read);
}

const fakes::FixedCentreKeys keys({samples::a, samples::b});
const wire::Directory directory = fakes::fixed_directory({samples::a, samples::b});

}  // namespace

TEST_CASE("the octets of applications, events and letters are those of the vectors") {
  check_vector("application", wire::encode(samples::application()));
  for (const casework::Event& event : samples::events()) {
    check_vector("event-" + std::to_string(static_cast<int>(event.kind)), wire::encode(event));
  }
  check_vector("letter-transfer", wire::encode(samples::letter(wire::LetterKind::Transfer)));
  check_vector("letter-progress", wire::encode(samples::letter(wire::LetterKind::Progress)));
  check_vector("letter-give-back", wire::encode(samples::letter(wire::LetterKind::GiveBack)));
  check_vector("letter-request", wire::encode(samples::letter(wire::LetterKind::Request)));
  check_vector("letter-recollection", wire::encode(samples::letter(wire::LetterKind::Recollection)));
  check_vector("letter-enquiry", wire::encode(samples::letter(wire::LetterKind::Enquiry)));
  check_vector("letter-claim", wire::encode(samples::letter(wire::LetterKind::Claim)));
  check_vector("letter-lost", wire::encode(samples::letter_with_lost()));
}

TEST_CASE("a letter about lost files says which, and one that says none is of the older format") {
  const auto read = wire::decode_letter(held("letter-lost"));
  REQUIRE(read);
  CHECK(*read == samples::letter_with_lost());
  Bytes empty = held("letter-recollection");
  empty[4] = 2;
  empty.insert(empty.end(), {0, 0});
  CHECK_FALSE(wire::decode_letter(empty));
}

TEST_CASE("signed and sealed octets are those of the vectors, made with the keys named there") {
  check_vector("receipt", *wire::sign_receipt(samples::receipt(), keys));
  const auto recall = *wire::write_recall(samples::recall(), keys);
  check_vector("recall", recall);
  check_vector("recall-page", *wire::write_recall_page(samples::recall_page(), recall, keys));
  check_vector("answer", *wire::write_answer(samples::answer(), keys));
  check_vector("directory", wire::sign_directory(directory, crypto::SigningKey(crypto::Seed{9})));
  fakes::SeededRandom random(77);
  const auto id = ports::fresh<EnvelopeId>(random);
  check_vector("envelope", *wire::write_envelope(id, samples::letter(wire::LetterKind::Request),
                                                 directory.find(samples::b, {0})->sealing, keys, random));
  fakes::SeededRandom of_parcel(79);
  const Bytes photo{'p', 'h', 'o', 't', 'o'};
  check_vector("parcel", *wire::write_parcel({samples::a, samples::b, photo}, directory.find(samples::b, {0})->sealing, keys, of_parcel));
}

TEST_CASE("what is carried, its codes and the list that names the key are those of the vectors") {
  check_vector("carried", samples::carried());
  const auto codes = wire::cut_into_codes(samples::carried(), 300);
  REQUIRE(codes);
  REQUIRE(codes->size() == 2);
  check_vector("carried-code-1", as_bytes(codes->front()));
  check_vector("carried-code-2", as_bytes(codes->back()));
  check_vector("key-list", crypto::sign_key_list(samples::key_list(), crypto::SigningKey(crypto::Seed{1})));
  check_vector("root-change", crypto::sign_root_change(crypto::SigningKey(crypto::Seed{1}), crypto::SigningKey(crypto::Seed{2})));
  auto before = samples::key_list();
  before.keys.pop_back();
  check_vector("key-list-before-intake", crypto::sign_key_list(before, crypto::SigningKey(crypto::Seed{1})));
}

TEST_CASE("the carried vectors are read as what they were written from, and a list from before the intake keys still is") {
  wire::CodeSet set;
  for (const char* name : {"carried-code-2", "carried-code-1"}) REQUIRE(set.add(as_text(held(name))));
  REQUIRE(set.complete());
  CHECK(set.octets() == held("carried"));
  const auto carried = value_of(wire::read_carried(set.octets()));
  const auto opened = crypto::open_sealed(samples::intake_key, carried.box);
  REQUIRE(opened);
  CHECK(value_of(wire::decode_application(*opened)).submission_id == samples::application().submission_id);
  const auto root = crypto::SigningKey(crypto::Seed{1}).public_key();
  CHECK(value_of(crypto::verify_key_list(held("key-list"), root)).intake(samples::moment + -std::chrono::hours(1))->key == samples::intake_key.public_key());
  CHECK(value_of(crypto::verify_key_list(held("key-list-before-intake"), root)).keys.size() == 3);
}

TEST_CASE("a recall and its page are read as what they were written from, and a page only in answer to its own recall") {
  const auto now = samples::recall().at;
  const auto asked = value_of(wire::read_recall(held("recall"), directory.keys(), now));
  CHECK(asked.from == samples::recall().from);
  CHECK(asked.since == samples::recall().since);
  CHECK(asked.after == samples::recall().after);
  const auto page = value_of(wire::read_recall_page(held("recall-page"), held("recall"), directory.keys(), now));
  CHECK(page.letters == samples::recall_page().letters);
  CHECK(page.later == samples::recall_page().later);
  CHECK(page.more_after == samples::recall_page().more_after);
  CHECK_FALSE(wire::read_recall_page(held("recall-page"), held("receipt"), directory.keys(), now));
  CHECK_FALSE(wire::read_recall(held("recall"), directory.keys(), now + std::chrono::hours(1)));
}

// Whatever later formats there will be, these stay: what centres and residents keep is in the format of its day.
TEST_CASE("every vector of format 1 is read as what it was written from") {
  CHECK(value_of(wire::decode_application(held("application"))) == samples::application());
  for (const casework::Event& event : samples::events())
    CHECK(value_of(wire::decode_event(held("event-" + std::to_string(static_cast<int>(event.kind))))) == event);
  for (const auto& [name, kind] : {std::pair("letter-transfer", wire::LetterKind::Transfer), std::pair("letter-progress", wire::LetterKind::Progress),
                                   std::pair("letter-request", wire::LetterKind::Request), std::pair("letter-recollection", wire::LetterKind::Recollection),
                                   std::pair("letter-enquiry", wire::LetterKind::Enquiry), std::pair("letter-claim", wire::LetterKind::Claim)})
    CHECK(value_of(wire::decode_letter(held(name))) == samples::letter(kind));
  CHECK(value_of(wire::verify_receipt(held("receipt"), directory.keys())) == samples::receipt());
  CHECK(value_of(wire::read_answer(held("answer"), directory.find(samples::b, {0})->signing)) == samples::answer());
  crypto::KeyList list;
  list.keys.push_back({crypto::KeyPurpose::Directory, {}, crypto::SigningKey(crypto::Seed{9}).public_key(), Instant{0}, Instant{1}});
  CHECK(value_of(wire::verify_directory(held("directory"), list, Instant{0})) == directory);
  const auto envelope = value_of(wire::read_envelope(held("envelope")));
  CHECK(value_of(wire::open_letter(envelope, keys)) == samples::letter(wire::LetterKind::Request));
}

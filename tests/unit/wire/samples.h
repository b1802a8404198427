// One value of every format, fixed for ever: what the golden vectors are made of.
#pragma once

#include "shared/crypto/key_list.h"
#include "shared/crypto/seal.h"
#include "shared/wire/application.h"
#include "shared/wire/carried.h"
#include "shared/wire/envelope.h"
#include "shared/wire/event.h"
#include "shared/wire/recall.h"
#include "tests/fakes/centre_keys.h"
#include "tests/fakes/people.h"

namespace tongban::samples {

inline const CentreId a = fakes::quyang, b = fakes::wujiaochang;
inline const Instant moment{1'795'492'801'234};

inline casework::Application application() {
  fakes::SeededRandom random(42);
  casework::Application one = fakes::demo_application(ItemId("s1"), a, random);
  one.agent = casework::Agent{{"演示乙", "31011019480229002X", ""}, "儿子"};
  one.answers = {{"card", "has"}, {"who", "delegate"}};
  one.materials[0].way = casework::MaterialWay::Attached;
  one.materials[0].attachments = {{crypto::digest(as_bytes("photo")), "image/jpeg", 5}};
  return one;
}

inline const crypto::SealingKey intake_key{crypto::Seed{7}};

/// The application, sealed as the codes hold it.
inline Bytes carried() {
  fakes::SeededRandom random(78);
  casework::Application one = application();
  one.materials.clear();
  return wire::encode(wire::Carried{crypto::key_id(intake_key.public_key()), *crypto::seal(intake_key.public_key(), wire::encode(one), random)});
}

inline crypto::KeyList key_list() {
  const auto key = [](std::uint8_t seed) { return crypto::SigningKey(crypto::Seed{seed}).public_key(); };
  return {7,
          {{crypto::KeyPurpose::Catalogue, {}, key(4), Instant{0}, moment},
           {crypto::KeyPurpose::Directory, {}, key(9), Instant{0}, moment},
           {crypto::KeyPurpose::Centre, a.text(), key(6), Instant{0}, moment},
           {crypto::KeyPurpose::Intake, {}, intake_key.public_key(), Instant{1}, moment}}};
}

inline casework::EventPayload full_payload(casework::EventKind kind) {
  using casework::EventKind;
  casework::EventPayload payload;
  switch (kind) {
    case EventKind::FormChecked: payload.verdicts = {{"m1", casework::Verdict::Fine, ""}, {"m3", casework::Verdict::Missing, "缺首页"}}; break;
    case EventKind::Returned:
      payload.verdicts = {{"m3", casework::Verdict::Missing, "缺首页"}};
      payload.due = parse_date("2026-12-01");
      payload.text = "请带原件";
      break;
    case EventKind::Supplemented: payload.materials = application().materials; payload.text = "补好了"; break;
    case EventKind::Accepted: payload.direct = true; payload.outside_body = "区残联"; payload.reason = "演示"; break;
    case EventKind::Transferred:
    case EventKind::NotOurs: payload.to = b; payload.reason = "户籍在五角场"; break;
    case EventKind::Decided: payload.outcome = casework::Outcome::Refused; payload.text = "不符合条件"; break;
    case EventKind::Withdrawn: payload.reason = "不办了"; break;
    case EventKind::OriginalsMoved: payload.to = b; payload.text = "户口簿"; break;
    case EventKind::DuplicateFound: payload.to = b; break;
    default: break;
  }
  return payload;
}

/// One event of every kind, chained.
inline std::vector<casework::Event> events() {
  std::vector<casework::Event> list;
  for (int kind = 0; kind <= static_cast<int>(casework::EventKind::DuplicateFound); ++kind) {
    casework::Event event;
    event.seq = static_cast<std::uint32_t>(kind);
    event.kind = static_cast<casework::EventKind>(kind);
    event.centre = a;
    event.actor = kind % 2 == 0 ? "resident" : "window-a";
    event.server_time = moment + std::chrono::milliseconds(kind);
    if (kind == 0) event.device_time = Instant{moment.ms - 5000};
    event.payload = full_payload(event.kind);
    wire::link(event, list.empty() ? wire::content_digest(application()) : list.back().digest);
    list.push_back(std::move(event));
  }
  return list;
}

inline wire::Letter letter(wire::LetterKind kind) {
  wire::Letter one;
  one.kind = kind;
  one.from = a;
  one.to = b;
  one.submission_id = application().submission_id;
  one.number = CaseNumber("TB261124-0000000A");
  one.seq = 3;
  one.first = 2;
  one.written_at = moment;
  if (kind == wire::LetterKind::Transfer || kind == wire::LetterKind::Recollection) {
    one.application = wire::encode(application());
    one.access = application().access_hash;
  }
  if (kind == wire::LetterKind::Recollection) one.taken = 4;
  if (kind == wire::LetterKind::Request) {
    one.request = wire::Request{casework::EventKind::Supplemented, application().materials, "补好了", "resident", moment};
  } else if (!wire::is_about_claims(kind)) {
    one.events = events();
    if (kind != wire::LetterKind::Transfer) one.receipts = {Bytes{1, 2, 3}};
  }
  return one;
}

inline wire::Letter letter_with_lost() {
  auto one = letter(wire::LetterKind::Recollection);
  one.lost = {crypto::digest(as_bytes("photo"))};
  return one;
}

inline casework::Receipt receipt() {
  casework::Receipt one;
  one.kind = casework::ReceiptKind::Decided;
  one.number = CaseNumber("TB261124-0000000A");
  one.submission_id = application().submission_id;
  one.item = ItemId("s1");
  one.catalogue_version = 7;
  one.content = wire::content_digest(application());
  one.event = events()[9].digest;
  one.outcome = casework::Outcome::Refused;
  one.centre = b;
  one.at = moment;
  return one;
}

inline wire::Recall recall() {
  return {b, Instant{1'795'400'000'000}, Instant{1'795'492'800'000}, {application().submission_id, a}};
}

inline wire::RecallPage recall_page() {
  wire::RecallPage one;
  one.by = a;
  one.letters.resize(2);
  one.letters[0].octets = {1, 2, 3};
  one.letters[1].octets = {4, 5, 6};
  one.more_after = wire::Bookmark{application().submission_id, a};
  return one;
}

inline wire::Answer answer() {
  wire::Answer one;
  one.kind = wire::AnswerKind::Lacking;
  one.envelope.octets = {1, 2, 3};
  one.digest = crypto::digest(as_bytes("envelope"));
  one.by = b;
  one.at = moment;
  one.code = "exchange.demo";
  one.other = a;
  one.expected = 2;
  one.lacking = {crypto::digest(as_bytes("photo"))};
  one.event = events()[7];
  return one;
}

}  // namespace tongban::samples

// Materials that come in pieces, over lines that break.
#include <doctest/doctest.h>

#include <fstream>

#include "shared/wire/json/problem.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

constexpr std::size_t step = 64 * 1024;

std::string code_of(const Answer& answer) {
  const auto problem = wire::json::read_problem(answer.body);
  return problem ? problem->code : std::string();
}

}  // namespace

TEST_CASE("an upload whose line breaks keeps what has come in steps of 64 KB, and goes on from there") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  for (std::size_t broken_at : {std::size_t{0}, std::size_t{1}, step - 1, step, step + 1, 3 * step, 4 * step + 1000}) {
    INFO("broken at ", broken_at);
    const Upload upload{node.port(), photograph(4 * step + 2000 + broken_at)};
    const auto size = upload.octets.size(), kept = broken_at / step * step;
    RawClient(node.port()).send(upload.head(0, size) + upload.octets.substr(0, broken_at)).drop();
    REQUIRE(eventually([&] { return upload.kept() == kept; }));
    CHECK(upload.piece(kept, size).status == 201);
    CHECK(upload.kept() == size);
    CHECK(upload.piece(0, size).status == 200);
  }
}

TEST_CASE("pieces are answered with where the next one begins") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Upload upload{node.port(), photograph(3 * step + 5)};
  const auto first = upload.piece(0, 2 * step + 17);
  CHECK(first.status == 204);
  CHECK(first.headers.at("upload-offset") == std::to_string(2 * step));
  CHECK(first.headers.at("upload-complete") == "?0");

  SUBCASE("a piece that begins elsewhere is refused, and what is there stays") {
    CHECK(code_of(upload.piece(step, upload.octets.size())) == "material.offset");
    CHECK(code_of(upload.piece(2 * step + 17, upload.octets.size())) == "material.offset");
    CHECK(upload.kept() == 2 * step);
    CHECK(upload.piece(2 * step, upload.octets.size()).status == 201);
  }
  SUBCASE("one that was damaged on the way is thrown away whole, and can be begun anew") {
    auto damaged = upload.octets;
    damaged[2 * step + 1] ^= 1;
    const auto answer = ask(node.port(), upload.head(2 * step, damaged.size()) + damaged.substr(2 * step));
    CHECK(answer.status == 422);
    CHECK(code_of(answer) == "material.digest");
    CHECK(upload.kept() == 0);
    CHECK(upload.piece(0, upload.octets.size()).status == 201);
  }
  SUBCASE("without saying where, or whether it is the last, it is no piece") {
    CHECK(ask(node.port(), "PATCH", upload.path(), "Upload-Offset: x\r\nUpload-Complete: ?1\r\n", "abc").status == 400);
    CHECK(ask(node.port(), "PATCH", upload.path(), "Upload-Offset: 131072\r\n", "abc").status == 400);
  }
  SUBCASE("all pieces together may not be longer than one material may be") {
    const auto most = http::Limits{}.material_bytes;
    CHECK(ask(node.port(), "PATCH", upload.path(), "Upload-Offset: " + std::to_string(most + step) + "\r\nUpload-Complete: ?0\r\n", "abc").status == 413);
  }
  SUBCASE("who begins later takes over, and the earlier can't add to it any more") {
    RawClient earlier(node.port()), later(node.port());
    earlier.send(upload.head(2 * step, upload.octets.size()) + upload.octets.substr(2 * step, step));
    REQUIRE(eventually([&] { return upload.kept() == 3 * step; }));
    // Asked to go on, the later surely has been heard of.
    auto head = upload.head(3 * step, upload.octets.size());
    later.send(head.insert(head.size() - 2, "Expect: 100-continue\r\n"));
    CHECK(later.goes_on());
    earlier.send("zz");
    CHECK(code_of(earlier.receive()) == "material.superseded");
    later.send(upload.octets.substr(3 * step));
    CHECK(later.receive().status == 201);
  }
}

TEST_CASE("what is no picture and no PDF is refused at its first octets, also in pieces") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Upload upload{node.port(), std::string(3 * step, 'x')};
  const auto answer = upload.piece(0, step);
  CHECK(answer.status == 415);
  CHECK(code_of(answer) == "material.type");
}

TEST_CASE("a photograph of which a bit has flipped on the disk is not shown; brought again, it is there again") {
  TemporaryFolder folder;
  LivingNode node(city(folder.path()));
  const Desk window(node.port(), "quyang-window", node.password_of("quyang-window"));
  const Upload upload{node.port(), photograph(2 * step + 7)};
  REQUIRE(upload.piece(0, upload.octets.size()).status == 201);
  auto application = draft();
  application.materials[0].way = casework::MaterialWay::Attached;
  application.materials[0].attachments = {{crypto::digest(as_bytes(upload.octets)), "image/jpeg", static_cast<std::uint32_t>(upload.octets.size())}};
  const auto resident = submit_to(node.port(), sealed(application));
  const auto name = to_hex(crypto::digest(as_bytes(upload.octets)));
  const auto address = "/api/v1/staff/cases/" + resident.number.text() + "/materials/" + name;
  REQUIRE(window.get(address).body == upload.octets);

  std::fstream file(folder.path() / "materials" / name.substr(0, 2) / name, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(step + 1).put(static_cast<char>(upload.octets[step + 1] ^ 4));
  file.close();
  const auto damaged = window.get(address);
  CHECK(damaged.status == 410);
  CHECK(code_of(damaged) == "material.damaged");
  CHECK(code_of(window.get(address)) == "material.lost");
  CHECK(std::filesystem::exists(folder.path() / "materials" / "damaged" / name));
  CHECK(upload.piece(0, upload.octets.size()).status == 201);
  CHECK(window.get(address).body == upload.octets);
}

TEST_CASE("one address brings so much in a day at most, and nobody so much that the database has no room") {
  TemporaryFolder folder;
  auto options = city(folder.path());
  SUBCASE("from one address") {
    options.limits.materials_a_day = 3 * step;
    LivingNode node(options);
    const Upload first{node.port(), photograph(2 * step)}, second{node.port(), photograph(2 * step + 1)};
    CHECK(first.piece(0, first.octets.size()).status == 201);
    const auto answer = second.piece(0, second.octets.size());
    CHECK(answer.status == 429);
    CHECK(code_of(answer) == "material.too_many_today");
  }
  SUBCASE("on a disk that is nearly full") {
    options.limits.keep_free = std::filesystem::space(folder.path()).capacity;
    LivingNode node(options);
    const Upload upload{node.port(), photograph(step)};
    const auto answer = upload.piece(0, upload.octets.size());
    CHECK(answer.status == 507);
    CHECK(code_of(answer) == "http.storage_full");
    submit_to(node.port(), sealed());
  }
}

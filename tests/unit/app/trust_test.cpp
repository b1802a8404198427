// Whom the portal believes: the city's root that it saw first, and what that root has vouched for since.
#include <doctest/doctest.h>

#include "shared/base/octets.h"
#include "shared/crypto/key_list.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

const crypto::SigningKey first{crypto::Seed{1}}, second{crypto::Seed{2}}, third{crypto::Seed{3}};

/// A node of a city with that root, which has come about by these changes.
FakeShell::Answer city(const crypto::SigningKey& root, std::uint32_t version, const Bytes& changes = {}) {
  const std::string list = to_base64url(crypto::sign_key_list({version, {}}, root));
  const std::string body = R"({"root":")" + to_base64url(root.public_key()) + R"(","list":")" + list + R"(","root_changes":")" + to_base64url(changes) + "\"}";
  return [body](const effect::Fetch& asked) {
    if (asked.url != "/catalogue/keys.json") return event::Response{.status = 404, .headers = {}, .body = {}};
    const ByteView octets = as_bytes(body);
    return event::Response{.status = 200, .headers = {}, .body = {octets.begin(), octets.end()}};
  };
}

/// What the device would go by at its next start.
std::optional<crypto::PublicKey> stored_root(const FakeShell& shell) {
  const auto space = shell.store.find("catalogue");
  if (space == shell.store.end()) return std::nullopt;
  const auto row = space->second.find("trust");
  if (row == space->second.end()) return std::nullopt;
  Reader reader(row->second.blob);
  reader.u8();
  crypto::PublicKey root{};
  reader.raw(root);
  return root;
}

void visit(FakeShell& shell, FakeShell::Answer node) {
  shell.node = std::move(node);
  shell.open("/");
  shell.kill();
}

}  // namespace

TEST_CASE("the city's root is pinned on the first visit, and another one is not believed unless the pinned one says so") {
  FakeShell shell;
  visit(shell, city(first, 1));
  CHECK(stored_root(shell) == first.public_key());
  visit(shell, city(second, 2));
  CHECK(stored_root(shell) == first.public_key());
  visit(shell, city(second, 2, crypto::sign_root_change(third, second)));
  CHECK(stored_root(shell) == first.public_key());
  visit(shell, city(second, 2, crypto::sign_root_change(first, second)));
  CHECK(stored_root(shell) == second.public_key());
}

TEST_CASE("a portal that was away for two changes of the root follows both, and never goes back") {
  FakeShell shell;
  visit(shell, city(first, 1));
  Bytes changes = crypto::sign_root_change(first, second);
  const Bytes later = crypto::sign_root_change(second, third);
  changes.insert(changes.end(), later.begin(), later.end());
  visit(shell, city(third, 3, changes));
  CHECK(stored_root(shell) == third.public_key());
  visit(shell, city(first, 4));
  CHECK(stored_root(shell) == third.public_key());
}

TEST_CASE("a root that has changed doesn't make an older list good") {
  FakeShell shell;
  visit(shell, city(first, 5));
  visit(shell, city(second, 4, crypto::sign_root_change(first, second)));
  CHECK(stored_root(shell) == first.public_key());
}

}  // namespace tongban::app

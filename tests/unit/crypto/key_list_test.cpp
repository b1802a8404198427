#include "shared/crypto/key_list.h"

#include <doctest/doctest.h>

using namespace tongban;
using crypto::KeyPurpose;

namespace {
crypto::KeyList two_keys() {
  return {3,
          {{KeyPurpose::Catalogue, "", crypto::SigningKey(crypto::Seed{5}).public_key(), {1000}, {9000}},
           {KeyPurpose::Centre, "310109010", crypto::SigningKey(crypto::Seed{6}).public_key(), {2000}, {3000}}}};
}
}  // namespace

TEST_CASE("a list of keys is believed when the pinned root signed it, and not otherwise") {
  const crypto::SigningKey root(crypto::Seed{1}), other(crypto::Seed{2});
  const Bytes bytes = crypto::sign_key_list(two_keys(), root);
  const auto list = crypto::verify_key_list(bytes, root.public_key());
  REQUIRE(list);
  CHECK(list->version == 3);
  REQUIRE(list->keys.size() == 2);
  CHECK(list->keys[1].holder == "310109010");
  CHECK(crypto::verify_key_list(bytes, other.public_key()).error().is(crypto::key_errors::NotSigned));
}

TEST_CASE("no octet of a list of keys can be changed or left out") {
  const crypto::SigningKey root(crypto::Seed{1});
  const Bytes bytes = crypto::sign_key_list(two_keys(), root);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    CHECK_FALSE(crypto::verify_key_list(changed, root.public_key()));
    CHECK_FALSE(crypto::verify_key_list(ByteView(bytes).first(i), root.public_key()));
  }
}

TEST_CASE("a key is found only for its purpose and within its time") {
  const crypto::KeyList list = two_keys();
  const crypto::KeyId id = list.keys[1].id();
  CHECK(list.find(KeyPurpose::Centre, id, {2000}) == &list.keys[1]);
  CHECK(list.find(KeyPurpose::Centre, id, {3000}) == nullptr);
  CHECK(list.find(KeyPurpose::Centre, id, {1999}) == nullptr);
  CHECK(list.find(KeyPurpose::Catalogue, id, {2000}) == nullptr);
}

TEST_CASE("what is carried is sealed to the key whose epoch began last, until that ends") {
  crypto::KeyList list = two_keys();
  CHECK(list.intake({2500}) == nullptr);
  list.keys.push_back({KeyPurpose::Intake, "", crypto::SigningKey(crypto::Seed{8}).public_key(), {2000}, {6000}});
  list.keys.push_back({KeyPurpose::Intake, "", crypto::SigningKey(crypto::Seed{7}).public_key(), {1000}, {9000}});
  CHECK(list.intake({2500}) == &list.keys[2]);
  CHECK(list.intake({500}) == &list.keys[2]);   // a device whose clock is behind
  CHECK(list.intake({6000}) == nullptr);
}

TEST_CASE("a key of a purpose that nobody knows yet is left out, and the rest of the list is good") {
  const crypto::SigningKey root(crypto::Seed{1});
  crypto::KeyList list = two_keys();
  list.keys.push_back({static_cast<KeyPurpose>(9), "later", crypto::SigningKey(crypto::Seed{8}).public_key(), {0}, {9000}});
  const auto read = crypto::verify_key_list(crypto::sign_key_list(list, root), root.public_key());
  REQUIRE(read);
  CHECK(read->keys.size() == 2);
  list.keys.back().purpose = static_cast<KeyPurpose>(0);
  CHECK_FALSE(crypto::verify_key_list(crypto::sign_key_list(list, root), root.public_key()));
}

TEST_CASE("a change of root is believed when both roots signed it") {
  const crypto::SigningKey old_root(crypto::Seed{1}), new_root(crypto::Seed{2}), stranger(crypto::Seed{3});
  Bytes bytes = crypto::sign_root_change(old_root, new_root);
  const auto root = crypto::verify_root_change(bytes, old_root.public_key());
  REQUIRE(root);
  CHECK(*root == new_root.public_key());
  CHECK_FALSE(crypto::verify_root_change(bytes, stranger.public_key()));
  bytes.back() ^= 1;
  CHECK_FALSE(crypto::verify_root_change(bytes, old_root.public_key()));
}

TEST_CASE("who trusts any root that the city has had follows its changes to the last, and a forged change is refused") {
  const crypto::SigningKey first(crypto::Seed{1}), second(crypto::Seed{2}), third(crypto::Seed{3}), stranger(crypto::Seed{4});
  const Bytes one = crypto::sign_root_change(first, second), two = crypto::sign_root_change(second, third);
  Bytes both = one;
  both.insert(both.end(), two.begin(), two.end());
  for (const auto* held : {&first, &second, &third}) {
    const auto root = crypto::follow_root_changes(both, held->public_key());
    REQUIRE(root);
    CHECK(*root == third.public_key());
  }
  CHECK(*crypto::follow_root_changes(both, stranger.public_key()) == stranger.public_key());
  CHECK(*crypto::follow_root_changes({}, first.public_key()) == first.public_key());
  CHECK(*crypto::follow_root_changes(two, first.public_key()) == first.public_key());   // nothing leads there from the first

  Bytes forged = both;
  forged[one.size() - 1] ^= 1;
  CHECK(crypto::follow_root_changes(forged, first.public_key()).error().is(crypto::key_errors::NotSigned));
  CHECK(*crypto::follow_root_changes(forged, second.public_key()) == third.public_key());
  forged.pop_back();
  CHECK(crypto::follow_root_changes(forged, second.public_key()).error().is(crypto::key_errors::Malformed));
}

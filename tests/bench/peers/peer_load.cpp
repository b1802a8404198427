// The load that tongban and its peers get alike, for peers_bench.mjs:
//
//   peer_load bodies FILE COUNT                               applications for POST /api/v1/submissions, one a line
//   peer_load post PORT FILE FIRST COUNT CONNECTIONS RATE     hands COUNT of them in, from line FIRST on; RATE a second, 0: at full load
//   peer_load get PORT PATH COUNT CONNECTIONS
//   peer_load sign COUNT                                      Ed25519, one core
//
// Prints one JSON object.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "server/platform/clock.h"
#include "shared/crypto/sign.h"
#include "tests/bench/applications.h"
#include "tests/bench/load.h"

using namespace tongban;
using namespace tongban::bench;

namespace {

int write_bodies(const char* file, std::size_t count) {
  std::ofstream out(file, std::ios::binary);
  std::size_t octets = 0;
  const auto bodies = sealed_applications(count);
  for (const auto& body : bodies) {
    out << body << '\n';
    octets += body.size();
  }
  out.close();
  if (!out || bodies.empty()) return 1;
  std::printf("{\"octets\": %zu}\n", octets / bodies.size());
  return 0;
}

std::vector<std::string> read_bodies(const char* file, std::size_t first, std::size_t count) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::string> bodies;
  std::string line;
  for (std::size_t i = 0; i < first + count && std::getline(in, line); ++i)
    if (i >= first) bodies.push_back(line);
  return bodies;
}

int print(const LoadResult& result) {
  std::printf("{\"count\": %zu, \"refused\": %zu, \"seconds\": %.4f, \"p50_ms\": %.3f, \"p99_ms\": %.3f}\n", result.milliseconds.size(), result.refused,
              result.seconds, result.quantile(0.5), result.quantile(0.99));
  return result.refused == 0 ? 0 : 1;
}

double microseconds_each(std::size_t count, const auto& work) {
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < count; ++i) work(i);
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count() / static_cast<double>(count);
}

/// About as many octets as a receipt covers.
int sign(std::size_t count) {
  platform::SystemRandom random;
  const crypto::SigningKey key(ports::fresh<crypto::Seed>(random));
  Bytes message(200);
  crypto::Signature signature{};
  bool good = true;
  const double signing = microseconds_each(count, [&](std::size_t i) {
    message[0] = static_cast<std::uint8_t>(i);
    signature = crypto::sign(key, message);
  });
  const double verifying = microseconds_each(count, [&](std::size_t) { good = crypto::verify(key.public_key(), signature, message) && good; });
  std::printf("{\"sign_us\": %.2f, \"verify_us\": %.2f}\n", signing, verifying);
  return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  const auto number = [&](std::size_t at) { return std::strtoul(words[at].data(), nullptr, 10); };
  const auto port = [&] { return static_cast<std::uint16_t>(number(1)); };
  if (words.size() == 3 && words[0] == "bodies") return write_bodies(words[1].data(), number(2));
  if (words.size() == 7 && words[0] == "post")
    return print(post_all(port(), read_bodies(words[2].data(), number(3), number(4)), number(5), static_cast<double>(number(6))));
  if (words.size() == 5 && words[0] == "get") return print(get_all(port(), std::string(words[2]), number(3), number(4)));
  if (words.size() == 2 && words[0] == "sign") return sign(number(1));
  std::fputs("peer_load: see the head of tests/bench/peers/peer_load.cpp\n", stderr);
  return 2;
}

// /api/v1/staff/session: sign in, who am I, sign out.
#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "shared/crypto/password.h"
#include "shared/wire/json/staff.h"

namespace tongban::http {
namespace {

constexpr std::chrono::hours session_time{12};  ///< a long day at the window
constexpr std::size_t longest_password = 200;

/// What is verified when the account does not exist, so that its absence can't be timed.
constexpr std::string_view nobody =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

std::string set_cookie(const server::Node& node, std::string_view value, std::int64_t seconds) {
  std::string cookie = cookie_name(node) + '=' + std::string(value) + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
  if (node.secure) cookie += "; Secure";
  return cookie;
}

std::string session_json(const SignedIn& who) {
  return wire::json::write_staff_session({who.account.account.text(), who.account.name, who.account.role, who.account.centre, who.session.csrf});
}

class SignIn {
 public:
  explicit SignIn(server::Node& node) : node_(node) {}

  void begin(const Request& request, Reply reply);
  void show(const Request& request, Reply reply);
  void end(const Request& request, Reply reply);

 private:
  void check(std::optional<server::StaffAccount> account, std::string password, std::string key, Reply reply);
  void open(server::StaffAccount account, Reply reply);

  server::Node& node_;
  GrowingDelay delay_;
};

void SignIn::begin(const Request& request, Reply reply) {
  auto asked = wire::json::read_sign_in(request.body);
  if (!asked) return reply(failure(asked.error()));
  // By account, whoever asks; and by address, whichever account is tried.
  const auto now = node_.clock.now();
  const int wait = std::max(delay_.wait("account " + asked->account, now), delay_.wait("from " + request.peer, now) / 4);
  if (wait > 0) return reply(wait_first(errors::SignInWait, wait));
  if (asked->password.size() > longest_password) return reply(failure(errors::SignInWrong));
  auto held = std::make_shared<Reply>(std::move(reply));
  server::read<std::optional<server::StaffAccount>>(
      node_.ledger, [account = StaffId(asked->account)](server::Transaction& tx) { return tx.find_account(account); },
      [this, held, asked = *asked, peer = request.peer](Expected<std::optional<server::StaffAccount>> found) {
        if (!found) return (*held)(failure(found.error()));
        check(std::move(*found), asked.password, asked.account + '\n' + peer, std::move(*held));
      });
}

void SignIn::check(std::optional<server::StaffAccount> account, std::string password, std::string key, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  node_.slow.run([this, held, account = std::move(account), password = std::move(password), key = std::move(key)] {
    const bool right = crypto::verify_password(account ? std::string_view(account->password_hash) : nobody, password);
    const bool may = right && account && !account->locked;
    node_.network.run([this, held, may, account, key] {
      const auto split = key.find('\n');
      const auto by_account = "account " + key.substr(0, split), by_peer = "from " + key.substr(split + 1);
      if (!may) {
        delay_.failed(by_account, node_.clock.now());
        delay_.failed(by_peer, node_.clock.now());
        return (*held)(failure(errors::SignInWrong));
      }
      delay_.succeeded(by_account);
      delay_.succeeded(by_peer);
      open(*account, std::move(*held));
    });
  });
}

void SignIn::open(server::StaffAccount account, Reply reply) {
  const auto token = ports::fresh<std::array<std::uint8_t, 32>>(node_.random);
  const auto now = node_.clock.now();
  SignedIn who{std::move(account), {}};
  who.session = {crypto::digest(token), who.account.account,
                 to_base64url(ports::fresh<std::array<std::uint8_t, 18>>(node_.random)), now, now + session_time};
  auto held = std::make_shared<Reply>(std::move(reply));
  node_.ledger.write([session = who.session](server::Transaction& tx) { return tx.put_session(session); },
                     [this, held, who, token](Expected<void> kept) {
                       if (!kept) return (*held)(failure(kept.error()));
                       auto response = json(200, session_json(who));
                       response.with("Set-Cookie", set_cookie(node_, to_base64url(token), std::chrono::seconds(session_time).count()));
                       (*held)(std::move(response));
                     });
}

void SignIn::show(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  server::read<SignedIn>(
      node_.ledger, [with = credentials(node_, request), now = node_.clock.now()](server::Transaction& tx) { return signed_in(tx, with, now); },
      [held](Expected<SignedIn> who) { (*held)(who ? json(200, session_json(*who)) : failure(who.error())); });
}

void SignIn::end(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  node_.ledger.write(
      [with = credentials(node_, request), now = node_.clock.now()](server::Transaction& tx) -> Expected<void> {
        TRY(const auto who, signed_in(tx, with, now));
        return tx.end_session(who.session.token);
      },
      [this, held](Expected<void> ended) {
        auto response = ended ? empty(204) : failure(ended.error());
        if (ended) response.with("Set-Cookie", set_cookie(node_, "", 0));
        (*held)(std::move(response));
      });
}

}  // namespace

void add_sign_in_routes(Service& service, server::Node& node) {
  auto sign_in = std::make_shared<SignIn>(node);
  const std::string at = "/api/v1/staff/session";
  // Also while the node is being restored, since whoever may read has to sign in first; healing knows no sessions.
  const auto begin = [sign_in](Request request, Reply reply) { sign_in->begin(request, std::move(reply)); };
  const auto end = [sign_in](Request request, Reply reply) { sign_in->end(request, std::move(reply)); };
  service.router.add({Method::Post, at, BodyKind::Json, 4 * 1024, Toll::Usual, begin, {}, {}, false});
  service.router.get(at, [sign_in](Request request, Reply reply) { sign_in->show(request, std::move(reply)); });
  service.router.add({Method::Delete, at, BodyKind::None, 0, Toll::Usual, end, {}, {}, false});
}

}  // namespace tongban::http

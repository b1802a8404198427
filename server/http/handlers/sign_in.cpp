// /api/v1/staff/session: sign in, who am I, sign out.
#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/guesses.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/noted.h"
#include "server/http/status.h"
#include "shared/crypto/password.h"
#include "shared/wire/json/staff.h"

namespace tongban::http {
namespace {

constexpr std::chrono::hours session_time{12};  ///< a long day at the window
constexpr std::chrono::hours unstored_time{1};
constexpr std::size_t most_unstored = 1'000;
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
  void check(std::optional<server::StaffAccount> account, const Guess& guess, const std::string& password, Reply reply);
  void open(server::StaffAccount account, Reply reply);
  void open_unstored(server::StaffSession session, const server::Reading& note, const std::function<void(const Expected<bool>&)>& welcome);

  server::Node& node_;
  Guesses guesses_;
};

void SignIn::begin(const Request& request, Reply reply) {
  auto asked = wire::json::read_sign_in(request.body);
  if (!asked) return reply(failure(asked.error()));
  if (asked->password.size() > longest_password) return reply(failure(errors::SignInWrong));
  const auto guess = guesses_.guess(asked->account, request.peer);
  if (const auto later = guesses_.begin(guess, node_.clock.now())) {
    auto response = problem(status_of(later->code), later->code);
    return reply(std::move(response.with("Retry-After", std::to_string(later->seconds))));
  }
  auto held = std::make_shared<Reply>(std::move(reply));
  server::read<std::optional<server::StaffAccount>>(
      node_.ledger, [account = StaffId(guess.account)](server::Transaction& tx) { return tx.find_account(account); },
      [this, held, guess, password = asked->password](Expected<std::optional<server::StaffAccount>> found) {
        if (found) return check(std::move(*found), guess, password, std::move(*held));
        guesses_.dropped(guess);
        (*held)(failure(found.error()));
      });
}

void SignIn::check(std::optional<server::StaffAccount> account, const Guess& guess, const std::string& password, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  node_.slow.run([this, held, account = std::move(account), guess, password] {
    const bool right = crypto::verify_password(account ? std::string_view(account->password_hash) : nobody, password);
    const bool may = right && account && !account->locked;
    node_.network.run([this, held, may, account, guess] {
      guesses_.judged(guess, may, node_.clock.now());
      if (may) return open(*account, std::move(*held));
      // Not for what was typed there: it may be a password in the wrong place.
      const auto refusal = server::reading({}, "sign_in_refused", {}, node_.clock.now());
      look_and_note<bool>(
          node_, [refusal](server::Transaction&) { return Expected<Noted<bool>>(Noted<bool>{true, {refusal}}); },
          [held](const Expected<bool>&) { (*held)(failure(errors::SignInWrong)); });
    });
  });
}

void SignIn::open(server::StaffAccount account, Reply reply) {
  const auto token = ports::fresh<std::array<std::uint8_t, 32>>(node_.random);
  const auto now = node_.clock.now();
  SignedIn who{std::move(account), {}};
  who.session = {crypto::digest(token), who.account.account,
                 to_base64url(ports::fresh<std::array<std::uint8_t, 18>>(node_.random)), now, now + session_time};
  const auto note = server::reading(who.account.account.text(), "sign_in", {}, now);
  const auto welcome = [this, who, token, held = std::make_shared<Reply>(std::move(reply))](const Expected<bool>& kept) {
    if (!kept) return (*held)(failure(kept.error()));
    auto response = json(200, session_json(who));
    const auto time = who.session.expires - who.session.created;
    response.with("Set-Cookie", set_cookie(node_, to_base64url(token), std::chrono::duration_cast<std::chrono::seconds>(time).count()));
    (*held)(std::move(response));
  };
  node_.ledger.write(
      [session = who.session, note](server::Transaction& tx) -> Expected<void> {
        TRY_VOID(tx.end_expired_sessions(session.created));
        TRY_VOID(tx.put_session(session));
        return tx.append_reading(note);
      },
      [this, who, note, welcome](const Expected<void>& kept) {
        if (kept || !kept.error().is(errors::Full)) return welcome(kept ? Expected<bool>(true) : kept.error());
        open_unstored(who.session, note, welcome);
      });
}

/// On a full disk: whoever may read must be able to sign in. For a shorter time, since no command can end it.
void SignIn::open_unstored(server::StaffSession session, const server::Reading& note, const std::function<void(const Expected<bool>&)>& welcome) {
  session.expires = session.created + unstored_time;
  auto kept = std::make_shared<std::function<void(const Expected<bool>&)>>([this, session, welcome](const Expected<bool>& noted) {
    auto& sessions = node_.unstored_sessions;
    std::erase_if(sessions, [&](const auto& one) { return one.second.expires <= session.created; });
    if (noted && sessions.size() < most_unstored) sessions[session.token] = session;
    welcome(noted && !sessions.contains(session.token) ? Expected<bool>(errors::Full) : noted);
  });
  keep_owed(node_, Noted<bool>{true, {note}}, kept);
}

void SignIn::show(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  server::read<SignedIn>(
      node_.ledger, [with = credentials(node_, request), now = node_.clock.now()](server::Transaction& tx) { return signed_in(tx, with, now); },
      [held](Expected<SignedIn> who) { (*held)(who ? json(200, session_json(*who)) : failure(who.error())); });
}

void SignIn::end(const Request& request, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto with = credentials(node_, request);
  const bool forgotten = with.unstored && with.csrf == with.unstored->csrf && node_.unstored_sessions.erase(with.unstored->token) > 0;
  node_.ledger.write(
      [with, now = node_.clock.now()](server::Transaction& tx) -> Expected<void> {
        TRY(const auto who, signed_in(tx, with, now));
        TRY_VOID(tx.end_session(who.session.token));
        return tx.append_reading(server::reading(who.account.account.text(), "sign_out", {}, now));
      },
      [this, held, forgotten](Expected<void> ended) {
        if (forgotten && !ended && ended.error().is(errors::Full)) ended = {};
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

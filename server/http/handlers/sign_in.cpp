// /api/v1/staff/session: sign in, who am I, sign out.
#include <algorithm>
#include <map>

#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/noted.h"
#include "shared/crypto/password.h"
#include "shared/wire/json/staff.h"

namespace tongban::http {
namespace {

constexpr std::chrono::hours session_time{12};  ///< a long day at the window
constexpr std::chrono::hours unstored_time{1};
constexpr std::size_t most_unstored = 1'000;
constexpr std::size_t longest_password = 200;
/// Guesses under way at once, each some tenth of a second on the slow lane: beyond that, photographs would wait for them.
constexpr std::size_t most_guesses = 8;
constexpr std::size_t most_guesses_each = 2;  ///< from one address, which else could hold them all
constexpr int guesses_pass_s = 2;

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

/// One guess at a time an account: its failure counts before the next is looked at, however many come at once.
class SignIn {
 public:
  explicit SignIn(server::Node& node) : node_(node) {}

  void begin(const Request& request, Reply reply);
  void show(const Request& request, Reply reply);
  void end(const Request& request, Reply reply);

 private:
  /// Who is guessing at what.
  struct Guess {
    std::string account, peer, password;
  };
  std::optional<Response> put_off(const Guess& guess) const;
  void check(std::optional<server::StaffAccount> account, Guess guess, Reply reply);
  /// Counts it.
  void judge(const Guess& guess, bool right);
  void open(server::StaffAccount account, Reply reply);
  void open_unstored(server::StaffSession session, const server::Reading& note, const std::function<void(const Expected<bool>&)>& welcome);

  server::Node& node_;
  GrowingDelay delay_;
  std::map<std::string, std::string> guessed_at_;  ///< accounts, and from which address
};

void SignIn::begin(const Request& request, Reply reply) {
  auto asked = wire::json::read_sign_in(request.body);
  if (!asked) return reply(failure(asked.error()));
  Guess guess{asked->account, request.peer, asked->password};
  if (auto later = put_off(guess)) return reply(std::move(*later));
  if (guess.password.size() > longest_password) return reply(failure(errors::SignInWrong));
  guessed_at_.emplace(guess.account, guess.peer);
  auto held = std::make_shared<Reply>(std::move(reply));
  server::read<std::optional<server::StaffAccount>>(
      node_.ledger, [account = StaffId(guess.account)](server::Transaction& tx) { return tx.find_account(account); },
      [this, held, guess](Expected<std::optional<server::StaffAccount>> found) {
        if (found) return check(std::move(*found), guess, std::move(*held));
        guessed_at_.erase(guess.account);
        (*held)(failure(found.error()));
      });
}

/// By account, whoever asks; and by address, whichever account is tried.
std::optional<Response> SignIn::put_off(const Guess& guess) const {
  const auto now = node_.clock.now();
  const int wait = std::max(delay_.wait("account " + guess.account, now), delay_.wait("from " + guess.peer, now) / 4);
  if (wait > 0) return wait_first(errors::SignInWait, wait);
  if (guessed_at_.contains(guess.account)) return wait_first(errors::SignInWait, 1);
  const auto from_here = std::count_if(guessed_at_.begin(), guessed_at_.end(), [&](const auto& one) { return one.second == guess.peer; });
  if (static_cast<std::size_t>(from_here) >= most_guesses_each) return wait_first(errors::TooMany, 1);
  if (guessed_at_.size() >= most_guesses) return std::move(problem(503, errors::Busy).with("Retry-After", std::to_string(guesses_pass_s)));
  return std::nullopt;
}

void SignIn::check(std::optional<server::StaffAccount> account, Guess guess, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  node_.slow.run([this, held, account = std::move(account), guess = std::move(guess)] {
    const bool right = crypto::verify_password(account ? std::string_view(account->password_hash) : nobody, guess.password);
    const bool may = right && account && !account->locked;
    node_.network.run([this, held, may, account, guess] {
      judge(guess, may);
      if (may) return open(*account, std::move(*held));
      // Not for what was typed there: it may be a password in the wrong place.
      const auto refusal = server::reading({}, "sign_in_refused", {}, node_.clock.now());
      look_and_note<bool>(
          node_, [refusal](server::Transaction&) { return Expected<Noted<bool>>(Noted<bool>{true, {refusal}}); },
          [held](const Expected<bool>&) { (*held)(failure(errors::SignInWrong)); });
    });
  });
}

void SignIn::judge(const Guess& guess, bool right) {
  guessed_at_.erase(guess.account);
  for (const auto& key : {"account " + guess.account, "from " + guess.peer}) {
    if (right) delay_.succeeded(key);
    else delay_.failed(key, node_.clock.now());
  }
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

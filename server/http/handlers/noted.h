// Looking at somebody's record, which is written down with the look, in one piece of work. On a full disk people may look all
// the same: the readings are owed then, and written with the next look that finds room.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "server/http/errors.h"
#include "server/ports/node.h"

namespace tongban::http {

template <typename Result>
struct Noted {
  Result result;
  std::vector<server::Reading> readings;
};

/// Tells what has been seen only once the readings are kept somewhere.
template <typename Result, typename Then>
void keep_owed(server::Node& node, Noted<Result> noted, std::shared_ptr<Then> then) {
  node.slow.run([&node, noted = std::move(noted), then] {
    const bool kept = node.owed->owe(noted.readings);
    node.network.run([noted, then, kept] { (*then)(kept ? Expected<Result>(noted.result) : Expected<Result>(errors::Full)); });
  });
}

/// `look(tx)` gives an Expected<Noted<Result>> and writes nothing, since it may be asked twice; `then` gets an Expected<Result>.
template <typename Result, typename Look, typename Then>
void look_and_note(server::Node& node, Look look, Then then) {
  auto owed = node.owed->begin_paying();
  const bool pays = !owed.empty();
  auto held = std::make_shared<Then>(std::move(then));
  server::write<Noted<Result>>(
      node.ledger,
      [look, owed = std::move(owed)](server::Transaction& tx) -> Expected<Noted<Result>> {
        TRY(auto noted, look(tx));
        for (const auto& earlier : owed) TRY_VOID(tx.append_reading(earlier));
        for (const auto& reading : noted.readings) TRY_VOID(tx.append_reading(reading));
        return noted;
      },
      [&node, look, held, pays](Expected<Noted<Result>> noted) {
        if (pays) node.slow.run([&node, written = noted.has_value()] { node.owed->ended_paying(written); });
        if (noted) return (*held)(Expected<Result>(std::move(noted->result)));
        if (!noted.error().is(errors::Full)) return (*held)(Expected<Result>(noted.error()));
        server::read<Noted<Result>>(node.ledger, look, [&node, held](Expected<Noted<Result>> seen) {
          if (!seen) return (*held)(Expected<Result>(seen.error()));
          keep_owed(node, std::move(*seen), held);
        });
      });
}

}  // namespace tongban::http

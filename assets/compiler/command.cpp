#include "assets/compiler/command.h"

#include <cstdio>
#include <filesystem>
#include <memory>

#include "assets/compiler/diff.h"
#include "assets/compiler/files.h"
#include "assets/compiler/json.h"
#include "assets/compiler/publish.h"
#include "assets/compiler/show.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/search.h"
#include "shared/catalogue/snapshot.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

int fail(const Error& error) {
  std::fprintf(stderr, "%s%s%s%s%s\n", error.where.c_str(), error.where.empty() ? "" : ": ", error.code->en,
               error.detail.empty() ? "" : " – ", error.detail.c_str());
  return 1;
}

/// What may not be looked at is told by whoever reads it.
bool is_there(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

std::optional<Compiled> compile_or_say(const std::string& source) {
  Faults faults;
  auto compiled = compile(source, faults);
  if (!compiled) std::fprintf(stderr, "%s%zu faults.\n", faults.text().c_str(), faults.list().size());
  return compiled;
}

struct BuildOptions {
  std::string source = "assets/catalogue", key, out;
  std::vector<std::string> previous;
  bool json = false, is_unsigned = false;
};

int publish_signed(const BuildOptions& options, const Compiled& compiled) {
  const auto seed = read_key_file(options.key);
  if (!seed) return fail(seed.error());
  const crypto::SigningKey key(*seed);
  std::vector<Earlier> earlier;
  for (const std::string& path : options.previous) {
    auto canonical = read_canonical(path, {key.public_key()});
    if (!canonical) return fail(canonical.error());
    const auto old = decode(*canonical);
    if (!old) return fail(Error(*old.error().code, path, old.error().detail));
    earlier.push_back({old->version, std::move(*canonical)});
  }
  const auto done = publish(compiled, earlier, key, options.out);
  return done ? 0 : fail(done.error());
}

int build(const BuildOptions& options) {
  const auto compiled = compile_or_say(options.source);
  if (!compiled) return 1;
  if (options.is_unsigned) {
    const auto done = publish_unsigned(*compiled, options.out);
    if (!done) return fail(done.error());
  } else if (const int code = publish_signed(options, *compiled)) {
    return code;
  }
  if (options.json) {
    const auto done = write_file(options.out + "/catalogue.json", as_bytes(to_json(compiled->catalogue)));
    if (!done) return fail(done.error());
  }
  const Catalogue& c = compiled->catalogue;
  std::printf("Version %u (%s): %zu items, %zu centres, %zu townships.\n", c.version, c.edition.c_str(), c.items.size(),
              c.centres.size(), c.townships.size());
  return 0;
}

/// Where `show`, `search` and `diff` read: a source folder, or a built folder with catalogue.bin and pinyin.bin.
Expected<Compiled> load(const std::string& folder) {
  if (!is_there(folder + "/catalogue.bin")) {
    auto compiled = compile_or_say(folder);
    if (!compiled) return Error(file_errors::Unreadable, folder, "no catalogue");
    return std::move(*compiled);
  }
  Compiled compiled;
  TRY(const Bytes canonical, read_file(folder + "/catalogue.bin"));
  TRY(compiled.catalogue, decode(canonical));
  TRY(compiled.pinyin, read_file(folder + "/pinyin.bin"));
  return compiled;
}

int show(const std::string& folder, const std::string& id, bool json) {
  const auto compiled = load(folder);
  if (!compiled) return fail(compiled.error());
  const Item* item = compiled->catalogue.find(ItemId(id));
  if (!item) {
    std::fprintf(stderr, "%s: the catalogue has no such item; `catalogue search` finds ids by words.\n", id.c_str());
    return 1;
  }
  std::fputs(((json ? to_json(*item, compiled->catalogue) : describe(*item)) + "\n").c_str(), stdout);
  return 0;
}

int search(const std::string& folder, const std::vector<std::string>& words, std::size_t limit, bool json) {
  const auto compiled = load(folder);
  if (!compiled) return fail(compiled.error());
  const auto pinyin = Pinyin::open(compiled->pinyin);
  if (!pinyin) return fail(pinyin.error());
  std::string query;
  for (const std::string& word : words) query += (query.empty() ? "" : " ") + word;
  const auto hits = SearchIndex(compiled->catalogue, *pinyin).search(query, limit);
  if (json) {
    std::printf("%s\n", to_json(hits, compiled->catalogue).c_str());
    return 0;
  }
  for (const Hit& hit : hits) {
    const Item& item = compiled->catalogue.items[hit.index];
    std::printf("%s  %4d  %-10s  %s%s%s\n", item.id.text().c_str(), hit.score, why_text(hit.why), item.name.c_str(),
                hit.matched.empty() ? "" : "  ← ", hit.matched.c_str());
  }
  if (hits.empty()) std::printf("Nothing found.\n");
  return 0;
}

int verify(const std::string& path, const std::vector<std::string>& keys, const std::string& key_file) {
  std::vector<crypto::PublicKey> trusted;
  for (const std::string& hex : keys) {
    const auto octets = from_hex(hex);
    if (!octets || octets->size() != 32) return fail(Error(file_errors::NoKey, hex));
    std::copy(octets->begin(), octets->end(), trusted.emplace_back().begin());
  }
  if (!key_file.empty()) {
    const auto seed = read_key_file(key_file);
    if (!seed) return fail(seed.error());
    trusted.push_back(crypto::SigningKey(*seed).public_key());
  }
  const auto bytes = read_file(path);
  if (!bytes) return fail(bytes.error());
  if (as_text(*bytes).starts_with("TBDELT")) {
    const auto header = read_delta_header(*bytes, trusted);
    if (!header) return fail(Error(*header.error().code, path, header.error().detail));
    std::printf("Good: delta %u to %u, %zu octets, signed by %s.\n", header->from, header->to, bytes->size(), to_hex(header->key).c_str());
    return 0;
  }
  const auto header = read_snapshot_header(*bytes, trusted);
  const auto opened = open_snapshot(*bytes, trusted);
  if (!header || !opened) return fail(Error(*(header ? opened.error() : header.error()).code, path, header ? opened.error().detail : header.error().detail));
  std::printf("Good: version %u (%s), %zu items, %zu octets (%u unpacked), signed by %s.\n", header->version, header->edition.c_str(),
              opened->items.size(), bytes->size(), header->raw_size, to_hex(header->key).c_str());
  return 0;
}

int diff(const std::string& old_path, const std::string& new_path) {
  Catalogue sides[2];
  for (int i = 0; i < 2; ++i) {
    const std::string& path = i == 0 ? old_path : new_path;
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) {
      auto compiled = load(path);
      if (!compiled) return fail(compiled.error());
      sides[i] = std::move(compiled->catalogue);
      continue;
    }
    const auto canonical = read_unverified(path);
    if (!canonical) return fail(canonical.error());
    auto catalogue = decode(*canonical);
    if (!catalogue) return fail(Error(*catalogue.error().code, path, catalogue.error().detail));
    sides[i] = std::move(*catalogue);
  }
  std::fputs(describe_difference(sides[0], sides[1]).c_str(), stdout);
  return 0;
}

void add_build(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<BuildOptions>();
  CLI::App* command = app.add_subcommand("build", "Check the source and make the signed snapshot, its deltas and the table of readings");
  command->add_option("--source", options->source, "Folder of the source")->capture_default_str();
  command->add_option("--out", options->out, "Folder for current.snap, pinyin.bin and delta/")->required();
  auto* key = command->add_option("--key", options->key, "File with the catalogue key (64 hexadecimal digits)");
  command->add_option("--previous", options->previous, "Earlier snapshots or catalogue.bin files, one delta for each");
  command->add_flag("--json", options->json, "Write catalogue.json, too");
  auto* is_unsigned = command->add_flag("--unsigned", options->is_unsigned, "Make catalogue.bin, pinyin.bin and characters.txt instead, without a key");
  is_unsigned->excludes(key);
  command->callback([options, key, is_unsigned, &exit_code] {
    if (!*key && !*is_unsigned) throw CLI::RequiredError("--key or --unsigned");
    exit_code = build(*options);
  });
}

void add_readers(CLI::App& app, int& exit_code) {
  struct Options {
    std::string folder = "assets/catalogue", id;
    std::vector<std::string> words;
    std::size_t limit = 20;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  if (is_there(TONGBAN_BUILT_CATALOGUE "/catalogue.bin")) options->folder = TONGBAN_BUILT_CATALOGUE;
  CLI::App* shown = app.add_subcommand("show", "Show one item as the catalogue has it");
  shown->add_option("id", options->id, "Its id, as in i072")->required();
  CLI::App* searched = app.add_subcommand("search", "Find items as the portal finds them");
  searched->add_option("query", options->words, "Characters, pinyin, initials, or a mixture")->required();
  searched->add_option("--limit", options->limit, "At most so many")->capture_default_str();
  for (CLI::App* command : {shown, searched}) {
    command->add_option("--from", options->folder, "A source folder, or one with catalogue.bin and pinyin.bin")->capture_default_str();
    command->add_flag("--json", options->json, "Print JSON");
  }
  shown->callback([options, &exit_code] { exit_code = show(options->folder, options->id, options->json); });
  searched->callback([options, &exit_code] { exit_code = search(options->folder, options->words, options->limit, options->json); });
}

void add_checkers(CLI::App& app, int& exit_code) {
  struct Options {
    std::string file, key, from, to;
    std::vector<std::string> publics;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verified = app.add_subcommand("verify", "Check the signature and the content of a snapshot or a delta");
  verified->add_option("file", options->file, "The file")->required();
  auto* publics = verified->add_option("--public", options->publics, "Trusted public keys in hexadecimal");
  auto* key = verified->add_option("--key", options->key, "Trust the key in this file");
  verified->callback([options, publics, key, &exit_code] {
    if (!*publics && !*key) throw CLI::RequiredError("--public or --key");
    exit_code = verify(options->file, options->publics, options->key);
  });
  CLI::App* compared = app.add_subcommand("diff", "Say what changed between two catalogues");
  compared->add_option("old", options->from, "A source folder, a snapshot, or catalogue.bin")->required();
  compared->add_option("new", options->to, "The other")->required();
  compared->callback([options, &exit_code] { exit_code = diff(options->from, options->to); });
}

}  // namespace

void add_catalogue_commands(CLI::App& app, int& exit_code) {
  app.require_subcommand(1);
  add_build(app, exit_code);
  add_readers(app, exit_code);
  add_checkers(app, exit_code);
}

}  // namespace tongban::compiler

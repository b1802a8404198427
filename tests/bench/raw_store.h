// What SQLite alone makes of the same rows: those that a node has stored, written again by nothing but inserts.
#pragma once

#include <cstddef>
#include <filesystem>

namespace tongban::bench {

/// Copies every row of the node's database into a new one beside it with the same tables and indices (WAL,
/// `synchronous=FULL`), `per_commit` of `cases` in a transaction. Returns the seconds of the inserts; 0 on a fault, which is printed.
double write_again(const std::filesystem::path& stored, const std::filesystem::path& fresh, std::size_t cases, std::size_t per_commit);

}  // namespace tongban::bench

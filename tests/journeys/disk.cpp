#include "tests/journeys/disk.h"

namespace tongban::journeys {

bool Disk::write(const usecases::Batch& batch) {
  ++changes_;
  if (rows_.clashes_with(batch)) {
    ++clashes_;
    return false;
  }
  rows_.commit(batch);
  journal_.push_back(batch);
  return true;
}

void Disk::cut_to(std::size_t writes) {
  if (writes == journal_.size()) return;
  ++changes_;
  journal_.resize(writes);
  synced_ = writes;
  rows_ = {};
  for (const usecases::Batch& batch : journal_) rows_.commit(batch);
}

}  // namespace tongban::journeys

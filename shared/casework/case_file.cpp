#include "shared/casework/case_file.h"

#include <algorithm>

namespace tongban::casework {
namespace {

// While a case is handed over nobody appends but the addressee, who takes it (transfer_received), or the sender,
// who has learnt that it was refused (not_ours) or that another copy runs (duplicate_found; also of a case that isn't handed over).
bool may_append(const CaseFile& file, const Event& event) {
  if (event.seq != file.events.size()) return false;
  if (file.events.empty()) return event.kind == EventKind::Submitted;
  if (event.kind == EventKind::Submitted) return false;
  if (event.kind == EventKind::TransferReceived) return file.passing() && event.centre == file.passing_to;
  if (event.centre != file.custodian) return false;
  if (!file.passing()) return true;
  const bool at_origin = file.custodian == file.received_by;
  return at_origin && (event.kind == EventKind::NotOurs || event.kind == EventKind::DuplicateFound);
}

void put_verdicts(CaseFile& file, const std::vector<MaterialVerdict>& verdicts) {
  for (const MaterialVerdict& verdict : verdicts) {
    const auto held = std::find_if(file.verdicts.begin(), file.verdicts.end(),
                                   [&](const MaterialVerdict& one) { return one.material == verdict.material; });
    if (held == file.verdicts.end()) {
      file.verdicts.push_back(verdict);
    } else {
      *held = verdict;
    }
  }
}

// What is sent anew replaces what stood for that material, and is to be looked at again.
void put_materials(CaseFile& file, const std::vector<MaterialState>& materials) {
  for (const MaterialState& material : materials) {
    const auto held = std::find_if(file.materials.begin(), file.materials.end(),
                                   [&](const MaterialState& one) { return one.material == material.material; });
    if (held == file.materials.end()) {
      file.materials.push_back(material);
    } else {
      *held = material;
    }
    std::erase_if(file.verdicts, [&](const MaterialVerdict& one) { return one.material == material.material; });
  }
}

bool all_fine(const CaseFile& file) {
  return std::all_of(file.verdicts.begin(), file.verdicts.end(),
                     [](const MaterialVerdict& one) { return one.verdict == Verdict::Fine; });
}

bool accepted(const CaseFile& file) {
  return std::any_of(file.events.begin(), file.events.end(), [](const Event& one) { return one.kind == EventKind::Accepted; });
}

/// Where a case goes on after the resident has supplemented.
Stage after_supplement(const CaseFile& file) {
  if (file.stage == Stage::Submitted || file.stage == Stage::Misdirected) return file.stage;
  if (accepted(file)) return Stage::Accepted;
  return file.custodian == file.received_by ? Stage::Received : Stage::AtDecider;
}

void take_custody(CaseFile& file, const Event& event) {
  file.custodian = event.centre;
  file.custody_since = event.server_time;
  file.passing_to = {};
}

void on_transfer_received(CaseFile& file, const Event& event) {
  take_custody(file, event);
  if (event.centre == file.received_by) {
    file.stage = Stage::Misdirected;
    file.decided_by = {};
  } else {
    file.stage = Stage::AtDecider;
    file.decided_by = event.centre;
  }
}

void on_not_ours(CaseFile& file, const Event& event) {
  if (event.centre == file.received_by) {  // A has it in writing that B doesn't take it
    file.stage = Stage::Misdirected;
    file.passing_to = {};
    file.decided_by = {};
  } else {
    file.stage = Stage::InTransfer;
    file.passing_to = file.received_by;
  }
}

void on_supplemented(CaseFile& file, const Event& event) {
  put_materials(file, event.payload.materials);
  file.stage = after_supplement(file);
  file.open_return.reset();
}

void on_accepted(CaseFile& file, const Event& event) {
  file.stage = Stage::Accepted;
  file.decided_by = event.centre;
}

void take_effect(CaseFile& file, const Event& event) {
  switch (event.kind) {
    case EventKind::Submitted:
      file.received_by = event.centre;
      take_custody(file, event);
      file.stage = Stage::Submitted;
      break;
    case EventKind::Received: file.stage = Stage::Received; break;
    case EventKind::FormChecked:
      put_verdicts(file, event.payload.verdicts);
      if (file.custodian == file.received_by) file.stage = all_fine(file) ? Stage::Checked : Stage::Received;
      break;
    case EventKind::Returned:
      put_verdicts(file, event.payload.verdicts);
      file.stage = Stage::Returned;
      file.open_return = event.payload;
      break;
    case EventKind::Supplemented: on_supplemented(file, event); break;
    case EventKind::Accepted: on_accepted(file, event); break;
    case EventKind::Transferred:
      file.stage = Stage::InTransfer;
      file.passing_to = event.payload.to;
      file.decided_by = event.payload.to;
      break;
    case EventKind::TransferReceived: on_transfer_received(file, event); break;
    case EventKind::NotOurs: on_not_ours(file, event); break;
    case EventKind::Decided:
      file.stage = Stage::Decided;
      file.decision = event.payload;
      break;
    case EventKind::Delivered: file.stage = Stage::Delivered; break;
    case EventKind::Withdrawn:
      file.stage = Stage::Withdrawn;
      file.open_return.reset();
      break;
    case EventKind::OriginalsMoved: break;
    case EventKind::DuplicateFound:
      file.stage = Stage::Duplicate;
      file.open_return.reset();
      file.passing_to = {};
      file.duplicate_of = event.payload.to;
      break;
  }
}

}  // namespace

Expected<void> append(CaseFile& file, Event event) {
  if (!may_append(file, event)) {
    return Error(case_file_errors::Damaged, "/events/" + std::to_string(event.seq), "event cannot follow");
  }
  take_effect(file, event);
  file.changed_at = event.server_time;
  file.events.push_back(std::move(event));
  return {};
}

Expected<CaseFile> derive(CaseNumber number, Application application, std::vector<Event> events) {
  CaseFile file;
  file.number = std::move(number);
  file.materials = application.materials;
  file.application = std::move(application);
  if (events.empty()) return Error(case_file_errors::Damaged, "/events", "no events");
  for (Event& event : events) TRY_VOID(append(file, std::move(event)));
  return file;
}

const MaterialVerdict* verdict_of(const CaseFile& file, std::string_view material) {
  for (const MaterialVerdict& verdict : file.verdicts) {
    if (verdict.material == material) return &verdict;
  }
  return nullptr;
}

}  // namespace tongban::casework

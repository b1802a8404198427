#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/node.h"
#include "shared/wire/json/problem.h"
#include "shared/wire/json/staff.h"
#include "shared/wire/json/verbs.h"
#include "shared/wire/json/workload.h"
#include "tests/fuzz/fuzz.h"

using namespace tongban;
using namespace tongban::wire::json;
using fuzzing::must_read_back;

FUZZ(input) {
  const std::uint8_t which = fuzzing::choice(input);
  const std::string_view text = as_text(input);
  switch (which % 10) {
    case 0:
      if (which / 10 % 2 == 1) return must_read_back(text, read_walk_in, write_walk_in);
      return must_read_back(text, read_application, write_application);
    case 1: return must_read_back(text, read_case_view, write_case_view);
    case 2: return must_read_back(text, read_submission_answer, write_submission_answer);
    case 3: return must_read_back(text, read_work_list, write_work_list);
    case 4: return must_read_back(text, read_node, write_node);
    case 5: return must_read_back(text, read_problem, write_problem);
    case 6: return must_read_back(text, read_sign_in, write_sign_in);
    case 7: return must_read_back(text, read_staff_session, write_staff_session);
    case 8: return must_read_back(text, read_workload, write_workload);
    default: break;
  }
  const auto verb = static_cast<casework::Verb>(which / 10 % (static_cast<int>(casework::Verb::RenewAccess) + 1));
  must_read_back(text, [&](std::string_view body) { return read_verb_body(verb, body); },
                 [&](const casework::EventPayload& payload) { return write_verb_body(verb, payload); });
}

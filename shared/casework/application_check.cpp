#include "shared/casework/application_check.h"

#include <algorithm>
#include <set>

#include "shared/base/octets.h"
#include "shared/casework/identity.h"
#include "shared/casework/mobile.h"
#include "shared/casework/person_name.h"
#include "shared/casework/text.h"
#include "shared/catalogue/eligibility.h"
#include "shared/catalogue/situation.h"

namespace tongban::casework {
namespace {

using Errors = std::vector<Error>;

/// What a field is called in a sentence.
struct Label {
  const char* zh;
  const char* en;
};
constexpr Label name_label{"姓名", "the name"};
constexpr Label identity_label{"身份证号", "the ID number"};
constexpr Label mobile_label{"手机号", "a mobile number"};
constexpr Label relation_label{"与申请人的关系", "the relation to the applicant"};
constexpr Label centre_label{"受理中心", "the centre"};
constexpr Label place_label{"户籍地或居住地", "the township of registration or residence"};
constexpr Label address_label{"居住地址", "the address"};
constexpr Label statement_label{"申请内容", "what you apply for"};

constexpr std::size_t longest_address = 200, longest_statement = 2000, longest_relation = 20;

template <typename T>
void keep(Errors& errors, const Expected<T>& checked, std::string where) {
  if (checked) return;
  Error error = checked.error();
  error.where = std::move(where);
  errors.push_back(std::move(error));
}

void require(Errors& errors, bool there, const Label& label, std::string where) {
  if (!there) errors.push_back(Error(application_errors::Required, std::move(where)).with(label.zh, label.en));
}

void check_text(Errors& errors, const std::string& text, std::size_t longest, const Label& label, std::string where) {
  const bool clean = is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n';
  });
  if (!clean) {
    errors.push_back(Error(application_errors::Text, std::move(where)).with(label.zh, label.en));
  } else if (text.size() > longest && count_characters(text) > longest) {
    errors.push_back(Error(application_errors::TooLong, std::move(where)).with(label.zh, label.en));
  }
}

/// A value must stand exactly as the reader of its field would make it: sealed octets are never mended later.
void keep_plain(Errors& errors, const Expected<std::string>& plain, const std::string& held, const Label& label,
                const std::string& where) {
  keep(errors, plain, where);
  if (plain && *plain != held) errors.push_back(Error(application_errors::Text, where).with(label.zh, label.en));
}

void check_person(Errors& errors, const Person& person, const std::string& at, Date today) {
  require(errors, !person.name.empty(), name_label, at + "/name");
  if (!person.name.empty()) keep_plain(errors, read_name(person.name), person.name, name_label, at + "/name");
  require(errors, !person.identity_number.empty(), identity_label, at + "/identity_number");
  if (!person.identity_number.empty()) {
    const auto identity = read_identity(person.identity_number, today);
    keep(errors, identity, at + "/identity_number");
    if (identity && identity->number != person.identity_number) {
      errors.push_back(Error(application_errors::Text, at + "/identity_number").with(identity_label.zh, identity_label.en));
    }
  }
  if (!person.mobile.empty()) keep_plain(errors, read_mobile(person.mobile), person.mobile, mobile_label, at + "/mobile");
}

void check_people(Errors& errors, const Application& application, Date today) {
  check_person(errors, application.applicant, "/applicant", today);
  if (application.agent) {
    const Agent& agent = *application.agent;
    check_person(errors, agent, "/agent", today);
    require(errors, !agent.relation.empty(), relation_label, "/agent/relation");
    check_text(errors, agent.relation, longest_relation, relation_label, "/agent/relation");
    if (!agent.identity_number.empty() && agent.identity_number == application.applicant.identity_number) {
      errors.emplace_back(application_errors::SamePerson, "/agent/identity_number");
    }
  }
  // Somebody must be reachable; an old applicant without a mobile is reached through who acts for them.
  const bool reachable = !application.applicant.mobile.empty() || (application.agent && !application.agent->mobile.empty());
  require(errors, reachable, mobile_label, "/applicant/mobile");
}

void check_places(Errors& errors, const Application& application, const catalogue::Catalogue& catalogue) {
  if (!application.registration.empty() && !catalogue.find(application.registration)) {
    errors.emplace_back(application_errors::UnknownTownship, "/registration");
  }
  if (!application.residence.empty() && !catalogue.find(application.residence)) {
    errors.emplace_back(application_errors::UnknownTownship, "/residence");
  }
  require(errors, !application.registration.empty() || !application.residence.empty(), place_label, "/residence");
  require(errors, !application.received_by.empty(), centre_label, "/received_by");
  if (!application.received_by.empty() && !catalogue.find(application.received_by)) {
    errors.emplace_back(application_errors::UnknownCentre, "/received_by");
  }
}

void check_item(Errors& errors, const Application& application, const catalogue::Item& item, Date today) {
  catalogue::ApplicantFacts facts;
  if (!application.registration.empty()) facts.registered_here = true;
  facts.through_delegate = application.agent.has_value();
  keep(errors, catalogue::can_apply(item, facts, today), "/item");
  if (const auto answers = catalogue::check_answers(item, application.answers); !answers) {
    keep(errors, answers, "/answers/" + answers.error().where);
  }
}

// Whether the question who comes, where an item asks it, agrees with whether somebody is named as coming.
void check_who_comes(Errors& errors, const Application& application) {
  const auto who = application.answers.find("who");
  if (who == application.answers.end()) return;
  if (who->second == "self" && application.agent) errors.emplace_back(application_errors::AgentUnneeded, "/agent/name");
  if (who->second == "delegate" && !application.agent) errors.emplace_back(application_errors::AgentMissing, "/agent/name");
}

void check_needed(Errors& errors, const Application& application, const catalogue::Item& item) {
  for (std::size_t i = 0; i < application.materials.size(); ++i) {
    for (const catalogue::Material& material : item.materials) {
      if (material.key != application.materials[i].material) continue;
      if (catalogue::need_of(item, material, application.answers) == catalogue::Need::NotNeeded) {
        errors.emplace_back(application_errors::MaterialNotAsked, "/materials/" + std::to_string(i));
      }
    }
  }
}

void check_files(Errors& errors, const MaterialState& material, const std::string& at) {
  if (material.way == MaterialWay::Attached && material.attachments.empty()) {
    errors.emplace_back(application_errors::MaterialEmpty, at);
  }
  if (material.attachments.size() > most_files) errors.emplace_back(application_errors::TooManyFiles, at);
  for (std::size_t i = 0; i < material.attachments.size(); ++i) {
    keep(errors, check_attachment(material.attachments[i]), at + "/attachments/" + std::to_string(i));
  }
}

void make_plain(Person& person) {
  person.name = plain_name(person.name);
  person.identity_number = plain_identity(person.identity_number);
  person.mobile = plain_mobile(person.mobile);
}

}  // namespace

Application tidied(Application application) {
  make_plain(application.applicant);
  if (application.agent) {
    make_plain(*application.agent);
    application.agent->relation = tidy(application.agent->relation);
  }
  application.address = tidy(application.address);
  while (!application.statement.empty() && (application.statement.back() == '\n' || application.statement.back() == ' ')) {
    application.statement.pop_back();
  }
  return application;
}

Expected<void> check_attachment(const Attachment& attachment) {
  const std::string& type = attachment.media_type;
  if (type != "image/jpeg" && type != "image/png" && type != "application/pdf") return application_errors::FileType;
  if (attachment.size == 0) return application_errors::FileEmpty;
  if (attachment.size > largest_file) return application_errors::FileTooLarge;
  return {};
}

std::vector<Error> check_materials(const std::vector<MaterialState>& materials, const catalogue::Item& item) {
  Errors errors;
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < materials.size(); ++i) {
    const MaterialState& material = materials[i];
    const std::string at = "/materials/" + std::to_string(i);
    const bool known = std::any_of(item.materials.begin(), item.materials.end(),
                                   [&](const catalogue::Material& one) { return one.key == material.material; });
    if (!known) errors.emplace_back(application_errors::MaterialNotAsked, at);
    if (!seen.insert(material.material).second) errors.emplace_back(application_errors::MaterialTwice, at);
    check_files(errors, material, at);
  }
  return errors;
}

std::vector<Error> check_application(const Application& application, const catalogue::Catalogue& catalogue, Instant now) {
  Errors errors;
  const Date today = shanghai_time(now).date;
  if (application.submission_id.is_zero()) errors.push_back(Error(application_errors::Required, "/submission_id").with("编号", "the id"));
  if (application.access_hash == Digest{}) errors.push_back(Error(application_errors::Required, "/access_hash").with("凭证", "the secret's hash"));
  const catalogue::Item* item = catalogue.find(application.item);
  if (item) {
    check_item(errors, application, *item, today);
  } else {
    errors.emplace_back(catalogue::eligibility_errors::UnknownItem, "/item");
  }
  check_who_comes(errors, application);
  check_people(errors, application, today);
  check_places(errors, application, catalogue);
  check_text(errors, application.address, longest_address, address_label, "/address");
  check_text(errors, application.statement, longest_statement, statement_label, "/statement");
  if (item) {
    for (Error& error : check_materials(application.materials, *item)) errors.push_back(std::move(error));
    check_needed(errors, application, *item);
  }
  return errors;
}

}  // namespace tongban::casework

// An application in preparation (草稿): what has been entered so far, on this device only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/app/route.h"
#include "shared/base/error.h"
#include "shared/casework/model.h"
#include "shared/catalogue/model.h"
#include "shared/catalogue/situation.h"

namespace tongban::app {

/// Whether the device holds what the screen shows. `Saved` only after the store has said so.
enum class SaveState : std::uint8_t { Fresh, Saving, Saved, Failed };

/// What was measured of a picture when it was chosen; nothing is known of a file that is none.
struct PhotoLook {
  int width = 0, height = 0;
  float sharpness = 0;  ///< of its sharpest tenth
  float glare = 0;      ///< share of the worst ninth that is burnt out
  int glare_at = 0;     ///< which ninth, row by row
};

/// Why a picture may not be readable. It is kept all the same: who took it can see it, we can't.
enum class Doubt : std::uint8_t { None, Small, Blurred, Glare };
Doubt doubt_of(const PhotoLook& look);

/// A photo or file of a material; its bytes are in the store under the digest.
struct Photo {
  casework::Digest digest{};
  std::string media_type;
  std::uint32_t size = 0;
  PhotoLook look = {};  ///< its doubts are told until it is sent or taken again
  std::string hex() const { return to_hex(digest); }
};

/// How one material stands.
struct Paper {
  std::string material;  ///< Material::key
  bool bring = false;    ///< "带去": the original is ready
  std::vector<Photo> photos = {};
  bool ready() const { return bring || !photos.empty(); }
};

/// A photo that was taken out of a paper, and where it lay.
struct TakenOut {
  Photo photo;
  std::ptrdiff_t place = 0;
};
std::optional<TakenOut> take_out(Paper& paper, const std::string& hex);
/// Where it lay, or last, when others went meanwhile.
void lay_back(Paper& paper, const TakenOut& taken);
/// Puts `photo` where the one named `hex` lies, and gives that. Nothing: it has gone, or `photo` lies there already.
std::optional<TakenOut> put_instead(Paper& paper, const std::string& hex, const Photo& photo);
bool holds(const Paper& paper, const casework::Digest& digest);

/// The district that is chosen before the township; "outside" for a place outside the city.
inline constexpr const char* outside_district = "outside";

/// Keys of the form's fields: the JSON pointers under which casework::check_application names their faults.
namespace fields {
inline constexpr const char* name = "/applicant/name";
inline constexpr const char* identity = "/applicant/identity_number";
inline constexpr const char* mobile = "/applicant/mobile";
inline constexpr const char* agent_name = "/agent/name";
inline constexpr const char* agent_identity = "/agent/identity_number";
inline constexpr const char* agent_mobile = "/agent/mobile";
inline constexpr const char* relation = "/agent/relation";
inline constexpr const char* registration_district = "/registration_district";
inline constexpr const char* registration = "/registration";
inline constexpr const char* residence_district = "/residence_district";
inline constexpr const char* residence = "/residence";
inline constexpr const char* address = "/address";
inline constexpr const char* statement = "/statement";
inline constexpr const char* centre = "/received_by";
inline constexpr const char* centre_district = "/received_by_district";
}  // namespace fields

struct Draft {
  casework::Application application;  ///< its `materials` and `access_hash` are set when it is sealed
  std::string registration_district, residence_district;
  std::vector<Paper> papers;
  Step step = Step::Situation;  ///< the farthest that was reached
  Instant begun, changed;
  Bytes secret;                 ///< of a draft whose codes may be in somebody's hand: sealed anew with the same; else empty

  // Not stored.
  bool untouched = false;       ///< only looked at so far: nothing of it is kept
  std::uint64_t version = 0;    ///< of its record
  std::uint64_t edits = 0, saved_edits = 0;
  SaveState save = SaveState::Fresh;
  Instant saved_at;
  std::string centre_district;  ///< chosen, while its centre isn't yet
  std::set<std::string> left;   ///< fields that were left, whose errors may be shown
  std::string keypad;           ///< the identity number that had the focus last; empty: the applicant's
  std::string photo_fault;      ///< why the last file was refused, in the present language
  std::string photo_fault_at;   ///< for which material
  std::string looked_at;        ///< the material whose photos are shown large, where there is room; empty: the first that isn't ready
  std::optional<bool> carries;  ///< how it is to be handed in, once that was chosen
  std::string carry_fault_zh, carry_fault_en;  ///< why no codes could be made of it
  std::string looked_photo;     ///< hexadecimal digest of the photo among them; empty or gone: the last

  /// The first eight hexadecimal digits of its id: how addresses name it.
  std::string key() const { return application.submission_id.hex().substr(0, 8); }
  bool for_other() const { return application.agent.has_value(); }
  const Paper* paper(const std::string& material) const;
  Paper& paper_for(const std::string& material);
};

namespace form_errors {
inline constexpr ErrorCode ChooseDistrict{"form.district", "请选{}", "Please choose the {}"};
inline constexpr ErrorCode ChooseTownship{"form.township", "请选{}", "Please choose the {}"};
}  // namespace form_errors

/// Every fault of the second step, in the order of its fields; `where` is the field's key. Empty: the way on is open.
std::vector<Error> form_faults(const Draft& draft, const catalogue::Catalogue& catalogue, Instant now);
/// Every fault of the whole application, as it would be sealed now.
std::vector<Error> all_faults(const Draft& draft, const catalogue::Catalogue& catalogue, Instant now);

/// The application as it would be sealed: tidied, with each needed material brought or attached.
casework::Application sealed_form(const Draft& draft, const catalogue::Catalogue& catalogue, Instant now);

/// "8 of 10": materials that are ready among those that the answers leave.
struct Readiness {
  int ready = 0, total = 0;
};
Readiness readiness(const Draft& draft, const catalogue::Item& item);

/// What is stored of a draft. Unknown versions and broken records decode to nothing.
Bytes encode_draft(const Draft& draft);
std::optional<Draft> decode_draft(ByteView bytes);

}  // namespace tongban::app

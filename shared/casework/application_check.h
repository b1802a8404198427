// Everything that can be wrong with an application, by the same rules in the browser, at A and at B.
//
// The window of the month (5th–26th) is no fault: it says when the counter takes an item, so the portal shows
// it (catalogue::month_window) and an application sent from home waits at A.
#pragma once

#include <vector>

#include "shared/base/expected.h"
#include "shared/casework/model.h"
#include "shared/catalogue/model.h"

namespace tongban::casework {

namespace application_errors {
inline constexpr ErrorCode Required{"application.required", "请填{}", "Please fill in {}"};
inline constexpr ErrorCode TooLong{"application.too_long", "{}太长了，请写短一些", "{} is too long; please shorten it"};
inline constexpr ErrorCode Text{"application.text", "{}里有不能用的符号，请重新输入", "{} has characters that cannot be used; please type it again"};
inline constexpr ErrorCode UnknownCentre{"application.unknown_centre", "没有这个受理中心，请重新选择", "There is no such centre; please choose again."};
inline constexpr ErrorCode UnknownTownship{"application.unknown_township", "没有这个街镇，请重新选择", "There is no such township; please choose again."};
inline constexpr ErrorCode SamePerson{"application.same_person", "代办人不能是申请人自己", "The person acting cannot be the applicant."};
inline constexpr ErrorCode AgentMissing{"application.agent_missing", "您选了委托别人来，请填代办人", "You chose that somebody else comes; please fill in who."};
inline constexpr ErrorCode AgentUnneeded{"application.agent_unneeded", "您选了本人来，请去掉代办人", "You chose to come yourself; please remove the person acting."};
inline constexpr ErrorCode MaterialNotAsked{"material.not_asked", "这份材料您的情形不需要，请去掉", "This document is not asked for in your situation; please remove it."};
inline constexpr ErrorCode MaterialTwice{"material.twice", "这份材料写了两遍，请去掉一遍", "This document is listed twice; please remove one."};
inline constexpr ErrorCode MaterialEmpty{"material.empty", "这份材料还没有照片或文件，请补上", "This document has no photo or file yet; please add one."};
inline constexpr ErrorCode FileType{"material.file_type", "只收 JPG、PNG 照片和 PDF 文件", "Only JPG and PNG photos and PDF files are taken."};
inline constexpr ErrorCode FileTooLarge{"material.file_too_large", "这个文件太大了，一个最多 10 MB", "This file is too large; 10 MB at most each."};
inline constexpr ErrorCode FileEmpty{"material.file_empty", "这个文件是空的，请换一个", "This file is empty; please choose another."};
inline constexpr ErrorCode TooManyFiles{"material.too_many_files", "一份材料最多 20 个文件", "20 files at most for one document."};
}  // namespace application_errors

inline constexpr std::uint32_t largest_file = 10u << 20;
inline constexpr std::size_t most_files = 20;  ///< of one material: a household register has many pages

/// Everything typed made plain: names, numbers and text tidied, as it will be sealed.
Application tidied(Application application);

/// All faults, in the order of the form; `where` is the JSON pointer of the field ("/applicant/identity_number").
/// Empty: it may be handed in. Expects a tidied application: the same text typed untidily is a fault of the field.
std::vector<Error> check_application(const Application& application, const catalogue::Catalogue& catalogue, Instant now);

/// The materials of a supplement: of this item, complete files of a known kind. `where` as "/materials/0".
std::vector<Error> check_materials(const std::vector<MaterialState>& materials, const catalogue::Item& item);

/// One file, before it is taken up. FileType, FileEmpty, FileTooLarge.
Expected<void> check_attachment(const Attachment& attachment);

}  // namespace tongban::casework

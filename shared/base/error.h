// What went wrong, in a form that both an operator and a resident can be told.
//
// Each module lists its codes as constants of its own (`identity_errors::Checksum`); a code carries the
// stable name that stands in an API answer and the sentence for the resident in both languages, so the
// portal, centre A and centre B say the same. `detail` is for operators: it never holds personal data.
#pragma once

#include <string>
#include <string_view>

namespace tongban {

/// One kind of fault. Defined once, `constexpr`, at namespace scope; compared by address-free name.
struct ErrorCode {
  const char* name;  ///< stable, dotted lower case: "identity.checksum"
  const char* zh;    ///< the fault and the remedy, for a resident; "{}" stands for the Error's argument
  const char* en;

  friend bool operator==(const ErrorCode& a, const ErrorCode& b) {
    return std::string_view(a.name) == std::string_view(b.name);
  }
};

/// A fault as it happened: what, in which field or place, and a note for operators.
struct Error {
  const ErrorCode* code;
  std::string where;   ///< JSON pointer, file:line or field key; empty when there is none
  std::string detail;  ///< for operators; no personal data
  std::string argument_zh, argument_en;  ///< what "{}" in the sentences stands for

  Error(const ErrorCode& code_, std::string where_ = {}, std::string detail_ = {})
      : code(&code_), where(std::move(where_)), detail(std::move(detail_)) {}

  bool is(const ErrorCode& other) const { return *code == other; }

  /// Gives the sentences their argument: "身份证号要 18 位，现在是 {} 位".
  Error&& with(std::string zh, std::string en) && {
    argument_zh = std::move(zh);
    argument_en = std::move(en);
    return std::move(*this);
  }
  Error&& with(std::string both) && { return std::move(*this).with(both, both); }

  /// The sentences as the resident reads them.
  std::string zh() const { return filled(code->zh, argument_zh); }
  std::string en() const { return filled(code->en, argument_en); }

 private:
  static std::string filled(std::string sentence, const std::string& argument) {
    const std::size_t at = sentence.find("{}");
    return at == std::string::npos ? sentence : sentence.replace(at, 2, argument);
  }
};

}  // namespace tongban

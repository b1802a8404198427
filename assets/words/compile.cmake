# Makes word_list.h from zh.json and en.json. Both must hold the same keys, one a line: "Key": "text".
# (CMake's own JSON reader takes a minute over a thousand keys, so the lines are read as text and the two
# escapes of JSON that occur, \" and \\, are also C++'s.)
file(STRINGS "${ZH}" zh_lines ENCODING UTF-8)
file(STRINGS "${EN}" en_lines ENCODING UTF-8)

function(read_words lines keys_out)
  set(keys "")
  foreach(line IN LISTS ${lines})
    if(line MATCHES "^  \"([A-Z][A-Za-z0-9]*)\": (\".*\"),?$")
      list(APPEND keys "${CMAKE_MATCH_1}")
      set(text_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}" PARENT_SCOPE)
    elseif(NOT line MATCHES "^[{}]$")
      message(FATAL_ERROR "not a line of words: ${line}")
    endif()
  endforeach()
  set(${keys_out} "${keys}" PARENT_SCOPE)
endfunction()

# A semicolon or a bracket in a text would break CMake's lists.
foreach(lines zh_lines en_lines)
  string(REPLACE "[" "" probe "${${lines}}")
  if(NOT probe STREQUAL "${${lines}}")
    message(FATAL_ERROR "words must not hold square brackets")
  endif()
endforeach()

read_words(zh_lines zh_keys)
set(enumerators "")
set(zh_table "")
foreach(key IN LISTS zh_keys)
  string(APPEND enumerators "  ${key},\n")
  string(APPEND zh_table "    ${text_${key}},\n")
endforeach()
read_words(en_lines en_keys)
if(NOT zh_keys STREQUAL en_keys)
  foreach(key IN LISTS zh_keys)
    if(NOT key IN_LIST en_keys)
      message(SEND_ERROR "en.json lacks ${key}")
    endif()
  endforeach()
  foreach(key IN LISTS en_keys)
    if(NOT key IN_LIST zh_keys)
      message(SEND_ERROR "zh.json lacks ${key}")
    endif()
  endforeach()
  message(FATAL_ERROR "the two languages must hold the same keys in the same order")
endif()
set(en_table "")
foreach(key IN LISTS en_keys)
  string(APPEND en_table "    ${text_${key}},\n")
endforeach()
list(LENGTH zh_keys count)

file(WRITE "${OUT}.new"
"// Made by assets/words/compile.cmake from zh.json and en.json: change those.
#pragma once

#include <cstdint>

namespace tongban {

enum class Word : std::uint16_t {
${enumerators}};

inline constexpr int word_count = ${count};

namespace word_tables {
inline constexpr const char* zh[word_count] = {
${zh_table}};
inline constexpr const char* en[word_count] = {
${en_table}};
}  // namespace word_tables

}  // namespace tongban
")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(TOUCH_NOCREATE "${OUT}")

# Every third-party part, as one target each, under the same name natively and in wasm:
#
#   both     tongban::sodium  tongban::zstd  tongban::rapidjson  tongban::doctest  tongban::imgui
#            tongban::qrcode
#   native   tongban::boost  tongban::sqlite3  tongban::cli11  tongban::yaml  tongban::openssl
#            tongban::libpq tongban::xxhash tongban::threads
#
# Natively these are Debian's libraries, but for Dear ImGui and SQLite, whose versions in Debian 12
# are too old; in wasm they are built from the sources that deploy/deps fetched. A part that isn't
# there is an error here, with the command that brings it.

if(DEFINED ENV{TONGBAN_DEPS})
  set(tongban_default_deps "$ENV{TONGBAN_DEPS}")
else()
  set(tongban_default_deps "${PROJECT_SOURCE_DIR}/build/deps")
endif()
set(TONGBAN_DEPS "${tongban_default_deps}" CACHE PATH "Where deploy/deps put third-party sources")

# What the build's scripts and the tests run by: Debian 12's own Node is too old for both.
find_program(TONGBAN_NODE NAMES node nodejs HINTS "${TONGBAN_DEPS}/bin" REQUIRED)

function(tongban_require_file file command)
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${file} is missing: run ${command} and configure again.")
  endif()
endfunction()

# A static library of third-party code: no warnings, its headers as system headers.
function(tongban_third_party name)
  cmake_parse_arguments(part "" "" "SOURCES;INCLUDES;DEFINES;PRIVATE_DEFINES;OPTIONS" ${ARGN})
  list(GET part_SOURCES 0 first)
  tongban_require_file("${first}" deploy/deps)
  add_library(tongban_${name} STATIC ${part_SOURCES})
  add_library(tongban::${name} ALIAS tongban_${name})
  target_include_directories(tongban_${name} SYSTEM PUBLIC ${part_INCLUDES})
  target_compile_definitions(tongban_${name} PUBLIC ${part_DEFINES} PRIVATE ${part_PRIVATE_DEFINES})
  target_compile_options(tongban_${name} PRIVATE -w ${part_OPTIONS})
  target_compile_features(tongban_${name} PUBLIC cxx_std_20)
  target_link_libraries(tongban_${name} PRIVATE tongban_common_flags)
endfunction()

# A library of the system: found once, used as an imported target.
function(tongban_system_library name header library package)
  find_path(TONGBAN_${name}_INCLUDE ${header})
  find_library(TONGBAN_${name}_LIBRARY ${library})
  mark_as_advanced(TONGBAN_${name}_INCLUDE TONGBAN_${name}_LIBRARY)
  if(NOT TONGBAN_${name}_INCLUDE OR NOT TONGBAN_${name}_LIBRARY)
    message(FATAL_ERROR "${header} or lib${library} is missing: run deploy/setup (apt-get install ${package}) and configure again.")
  endif()
  add_library(tongban::${name} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(tongban::${name} PROPERTIES
    IMPORTED_LOCATION "${TONGBAN_${name}_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${TONGBAN_${name}_INCLUDE}")
endfunction()

function(tongban_header_library name directory header)
  tongban_require_file("${directory}/${header}" deploy/setup)
  add_library(tongban_${name} INTERFACE)
  add_library(tongban::${name} ALIAS tongban_${name})
  # /usr/include is on GCC's path already, and naming it again breaks #include_next.
  if(NOT directory STREQUAL "/usr/include")
    target_include_directories(tongban_${name} SYSTEM INTERFACE "${directory}")
  endif()
endfunction()

include("${CMAKE_CURRENT_LIST_DIR}/third_party_common.cmake")
if(EMSCRIPTEN)
  include("${CMAKE_CURRENT_LIST_DIR}/third_party_wasm.cmake")
else()
  include("${CMAKE_CURRENT_LIST_DIR}/third_party_native.cmake")
endif()

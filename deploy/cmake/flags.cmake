# The flags that all of Tongban's own code is compiled with: link the INTERFACE target tongban_flags.
# Nothing is set globally, so third-party code (third_party.cmake) keeps its own flags.

option(TONGBAN_CI "Warnings are errors" OFF)
set(TONGBAN_SANITIZE "" CACHE STRING "Sanitizers, as in 'address;undefined' or 'thread'")

# A build without a type would be slow and without symbols: choose the useful one.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

if(NOT EMSCRIPTEN)
  # Assertions stay on (no NDEBUG): a server that stops is better than one that goes on wrongly.
  # -g1 keeps lines for backtraces and saves half of what -g costs in Boost's templates.
  # Under sanitizers -O1: it compiles faster, and what it runs for is not speed.
  set(level -O2)
  if(TONGBAN_SANITIZE AND NOT TONGBAN_FUZZ)
    set(level -O1)
  endif()
  set(CMAKE_C_FLAGS_RELWITHDEBINFO "${level} -g1")
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "${level} -g1")
endif()

add_library(tongban_flags INTERFACE)
target_compile_features(tongban_flags INTERFACE cxx_std_20)
target_include_directories(tongban_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(tongban_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow>)
if(TONGBAN_CI)
  # GCC sees every source; its own std::string trips -Wrestrict (GCC bug 105651), which is shown but no error.
  # Emscripten's clang complains inside RapidJSON's iterators, so there warnings stay warnings.
  target_compile_options(tongban_flags INTERFACE
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Werror -Wno-error=restrict>)
endif()

# What third-party code must share with ours, or the two could not be linked together.
add_library(tongban_common_flags INTERFACE)
target_link_libraries(tongban_flags INTERFACE tongban_common_flags)

if(EMSCRIPTEN)
  # Size is what a slow network pays for: -Oz is 40 % smaller than -O2 and builds in half the time.
  # CMake's own -O2/-O3 of the build type would come after ours, so it is taken away there.
  # RelWithDebInfo's -g would keep names in the module; a developer asks for them with Debug.
  foreach(language C CXX)
    set(CMAKE_${language}_FLAGS_RELWITHDEBINFO "-DNDEBUG")
    set(CMAKE_${language}_FLAGS_RELEASE "-DNDEBUG")
    set(CMAKE_${language}_FLAGS_MINSIZEREL "-DNDEBUG")
    set(CMAKE_${language}_FLAGS_DEBUG "-g")
  endforeach()
  set(TONGBAN_WASM_OPT "-Oz" CACHE STRING "Optimisation of wasm: -Oz to ship, -O1 for quick links")
  # Neither our code for the browser nor its libraries throw.
  set(TONGBAN_WASM_THROWS "-fno-exceptions" CACHE STRING "Or -fwasm-exceptions, to measure what it costs")
  # A target with the property TONGBAN_FAST is worth its size.
  target_compile_options(tongban_common_flags INTERFACE $<IF:$<BOOL:$<TARGET_PROPERTY:TONGBAN_FAST>>,-O3,${TONGBAN_WASM_OPT}>
    $<$<COMPILE_LANGUAGE:CXX>:${TONGBAN_WASM_THROWS} -fno-rtti>)
  target_link_options(tongban_common_flags INTERFACE ${TONGBAN_WASM_OPT} ${TONGBAN_WASM_THROWS})
elseif(TONGBAN_SANITIZE)
  string(REPLACE ";" "," tongban_sanitizers "${TONGBAN_SANITIZE}")
  target_compile_options(tongban_common_flags INTERFACE
    -fsanitize=${tongban_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tongban_common_flags INTERFACE -fsanitize=${tongban_sanitizers})
  if("thread" IN_LIST TONGBAN_SANITIZE)
    # Asio's fences: GCC's thread sanitizer doesn't follow them, and says so.
    target_compile_options(tongban_common_flags INTERFACE -Wno-tsan)
  endif()
endif()

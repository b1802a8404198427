# Parts that are the same natively and in wasm. Included by third_party.cmake.

if(EMSCRIPTEN)
  set(tongban_headers "${TONGBAN_DEPS}/include-wasm")
else()
  set(tongban_headers /usr/include)
endif()

tongban_header_library(rapidjson "${tongban_headers}" rapidjson/document.h)
# Lengths are size_t in our code; without std::string RapidJSON would copy what we hold already.
target_compile_definitions(tongban_rapidjson INTERFACE RAPIDJSON_HAS_STDSTRING=1)

tongban_header_library(doctest "${tongban_headers}" doctest/doctest.h)
if(EMSCRIPTEN)
  # Our wasm is compiled without exceptions: a failed REQUIRE ends the program instead of the test.
  target_compile_definitions(tongban_doctest INTERFACE
    DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS DOCTEST_CONFIG_NO_POSIX_SIGNALS)
endif()

# Dear ImGui draws in both worlds, but only the browser has a GPU: natively it lays out and records,
# for tests of the views.
set(tongban_imgui_sources imgui imgui_draw imgui_tables imgui_widgets)
list(TRANSFORM tongban_imgui_sources REPLACE "(.+)" "${TONGBAN_DEPS}/imgui/\\1.cpp")
tongban_third_party(imgui
  SOURCES ${tongban_imgui_sources}
  INCLUDES "${TONGBAN_DEPS}/imgui"
  DEFINES
    IMGUI_USE_WCHAR32 IMGUI_DISABLE_FILE_FUNCTIONS
    IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS IMGUI_DISABLE_DEBUG_TOOLS
    IMGUI_DISABLE_DEFAULT_FONT $<$<BOOL:${EMSCRIPTEN}>:IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS>
    # One picture holds a whole page of glyphs, and WebGL2 has no vertex offsets to split it by.
    "ImDrawIdx=unsigned int")

# The C edition: it reports failure by its return value, and our wasm has no exceptions. Both ways
# it is #include <qrcodegen/qrcodegen.h>.
if(EMSCRIPTEN)
  tongban_third_party(qrcode
    SOURCES "${TONGBAN_DEPS}/qrcode/qrcodegen/qrcodegen.c"
    INCLUDES "${TONGBAN_DEPS}/qrcode")
else()
  tongban_system_library(qrcode qrcodegen/qrcodegen.h qrcodegen libqrcodegen-dev)
endif()

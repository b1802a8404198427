# Parts of the server and of the tools. Included by third_party.cmake.

tongban_system_library(sodium sodium.h sodium libsodium-dev)
tongban_system_library(zstd zstd.h zstd libzstd-dev)
tongban_system_library(xxhash xxhash.h xxhash libxxhash-dev)

# Its types only: the node loads the library when a PostgreSQL is asked for.
tongban_header_library(libpq /usr/include postgresql/libpq-fe.h)

tongban_header_library(cli11 /usr/include CLI/CLI.hpp)

find_package(Threads REQUIRED)
add_library(tongban_threads INTERFACE)
add_library(tongban::threads ALIAS tongban_threads)
target_link_libraries(tongban_threads INTERFACE Threads::Threads)

find_package(OpenSSL REQUIRED)
add_library(tongban_openssl INTERFACE)
add_library(tongban::openssl ALIAS tongban_openssl)
target_link_libraries(tongban_openssl INTERFACE OpenSSL::SSL OpenSSL::Crypto)

tongban_system_library(yaml yaml-cpp/yaml.h yaml-cpp libyaml-cpp-dev)

# Beast and Asio are headers; JSON and URL are libraries. Coroutines under GCC 12 need 1.81.
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
add_library(tongban_boost INTERFACE)
add_library(tongban::boost ALIAS tongban_boost)
target_link_libraries(tongban_boost INTERFACE
  Boost::headers Boost::json Boost::url tongban::threads)
# No deprecated names, and Asio's compiled part in the one file that includes asio/impl/src.hpp and
# beast/src.hpp: compiling it everywhere costs half a minute a file.
target_compile_definitions(tongban_boost INTERFACE
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)

# SQLite's amalgamation: Debian 12's own has the WAL-reset bug. Multi-thread mode: a connection
# belongs to one thread, as ours do, and nothing is locked for it. Linux's fdatasync() keeps its word,
# and spares the inode when a log of unchanged size is overwritten. https://sqlite.org/compile.html
tongban_third_party(sqlite3
  SOURCES "${TONGBAN_DEPS}/npm/node_modules/better-sqlite3/deps/sqlite3/sqlite3.c"
  INCLUDES "${TONGBAN_DEPS}/npm/node_modules/better-sqlite3/deps/sqlite3"
  PRIVATE_DEFINES
    SQLITE_THREADSAFE=2 SQLITE_DQS=0 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_DEFAULT_FOREIGN_KEYS=1
    SQLITE_DEFAULT_SYNCHRONOUS=2 SQLITE_DEFAULT_WAL_SYNCHRONOUS=2 SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_MAX_EXPR_DEPTH=100 SQLITE_OMIT_DEPRECATED SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_OMIT_SHARED_CACHE SQLITE_OMIT_AUTOINIT SQLITE_OMIT_PROGRESS_CALLBACK
    SQLITE_STRICT_SUBTYPE=1 SQLITE_TRUSTED_SCHEMA=0 SQLITE_USE_URI=0 SQLITE_UNTESTABLE
    SQLITE_TEMP_STORE=2 HAVE_FDATASYNC=1
  OPTIONS -O2)
target_link_libraries(tongban_sqlite3 PUBLIC tongban::threads)

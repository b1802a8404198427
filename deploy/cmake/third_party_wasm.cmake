# Parts built from source for the browser. Included by third_party.cmake.

# zstd: only the decoder, in its smallest shape (13 KB compressed). The server does the packing.
set(tongban_zstd_sources
  common/debug common/entropy_common common/error_private common/fse_decompress common/xxhash
  common/zstd_common
  decompress/huf_decompress decompress/zstd_ddict decompress/zstd_decompress
  decompress/zstd_decompress_block)
list(TRANSFORM tongban_zstd_sources REPLACE "(.+)" "${TONGBAN_DEPS}/zstd/lib/\\1.c")
tongban_third_party(zstd
  SOURCES ${tongban_zstd_sources}
  INCLUDES "${TONGBAN_DEPS}/zstd/lib"
  PRIVATE_DEFINES
    HUF_FORCE_DECOMPRESS_X1 ZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT ZSTD_NO_INLINE ZSTD_DISABLE_ASM
    ZSTD_LEGACY_SUPPORT=0 ZSTD_STRIP_ERROR_STRINGS)

# libsodium: its own selection at run time falls back to the portable code, so the files for CPU
# extensions are left out, and so are the primitives that we would not choose (each file costs a second
# of emcc). What isn't used isn't linked. The list of files changes with the version,
# hence the glob: this is not our code.
set(tongban_sodium_root "${TONGBAN_DEPS}/sodium/src/libsodium")
tongban_require_file("${tongban_sodium_root}/include/sodium/version.h" deploy/deps)
file(GLOB_RECURSE tongban_sodium_sources "${tongban_sodium_root}/*.c")
list(FILTER tongban_sodium_sources EXCLUDE REGEX
  "aesni|avx|sse|armcrypto|aes256gcm|scrypt|salsa208|salsa2012|secretstream")
tongban_third_party(sodium
  SOURCES ${tongban_sodium_sources}
  INCLUDES "${tongban_sodium_root}/include"
  DEFINES SODIUM_STATIC=1
  PRIVATE_DEFINES CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1
  OPTIONS "-I${tongban_sodium_root}/include/sodium")

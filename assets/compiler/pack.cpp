#include "assets/compiler/pack.h"

#include <zstd.h>

#include <memory>

namespace tongban::compiler {
namespace {

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

/// The window must reach back over the prefix and what has been written.
int window_log(std::size_t octets) {
  int log = 10;
  while ((std::size_t{1} << log) < octets && log < 27) ++log;
  return log;
}

}  // namespace

Expected<Bytes> pack_against(ByteView raw, ByteView prefix) {
  const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (!context) return Error(pack_errors::Failed, {}, "no memory");
  const auto set = [&](ZSTD_cParameter parameter, int value) { return !ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), parameter, value)); };
  // Level 22: a catalogue is packed once and unpacked a hundred thousand times; at this size it takes a blink.
  bool good = set(ZSTD_c_compressionLevel, 22) && set(ZSTD_c_windowLog, window_log(raw.size() + prefix.size())) &&
              set(ZSTD_c_checksumFlag, 0) && set(ZSTD_c_contentSizeFlag, 1) && set(ZSTD_c_dictIDFlag, 0);
  if (!prefix.empty()) good = good && !ZSTD_isError(ZSTD_CCtx_refPrefix(context.get(), prefix.data(), prefix.size()));
  if (!good) return Error(pack_errors::Failed, {}, "parameters");
  Bytes packed(ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress2(context.get(), packed.data(), packed.size(), raw.data(), raw.size());
  if (ZSTD_isError(size)) return Error(pack_errors::Failed, {}, ZSTD_getErrorName(size));
  packed.resize(size);
  return packed;
}

Expected<Bytes> pack(ByteView raw) { return pack_against(raw, {}); }

}  // namespace tongban::compiler

// What can be wrong with keys, key list and directory.
#pragma once

#include "shared/base/error.h"

namespace tongban::server::trust_errors {

inline constexpr ErrorCode NoRoot{"trust.no_root", "没有城市根密钥，先运行 tongban keys init-city。",
                                  "There is no city root key. Run tongban keys init-city first."};
inline constexpr ErrorCode NoCityKey{"trust.no_city_key", "缺少 keys/city.key：请把它放回去，或者用 --directory 启动。",
                                     "keys/city.key is missing: put it back, or start with --directory."};
inline constexpr ErrorCode UnknownCentre{"trust.unknown_centre", "事项目录和节点目录里都没有这个中心。",
                                         "Neither the catalogue nor the directory has this centre."};
inline constexpr ErrorCode Older{"trust.older", "这份文件比本节点用过的旧，请换上最新的。", "This is older than what the node has gone by. Bring the newest one."};
inline constexpr ErrorCode BadHeld{"trust.bad_held", "这个文件读不懂。它记着用过的最新版本，请从备份里放回去。",
                                   "This file cannot be read. It keeps the newest versions that the node has gone by: put it back from a backup."};
inline constexpr ErrorCode BadAddress{"trust.bad_address", "节点要写成 名称=http://地址:端口。",
                                      "A node is written NAME=http://ADDRESS:PORT."};
inline constexpr ErrorCode BadDay{"trust.bad_day", "日期要写成 2027-01-01。", "A day is written 2027-01-01."};
inline constexpr ErrorCode BadKey{"trust.bad_key", "公钥要写成 64 个十六进制字符。", "A public key is written as 64 hexadecimal characters."};
inline constexpr ErrorCode NoCentre{"trust.no_centre", "目录里没有这个中心。", "There is no such centre in the directory."};

}  // namespace tongban::server::trust_errors

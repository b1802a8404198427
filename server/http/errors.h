// What the HTTP side itself can find wrong, before or after any rule of casework is asked.
#pragma once

#include "shared/base/error.h"

namespace tongban::http::errors {

inline constexpr ErrorCode BadRequest{"http.bad_request", "请求格式不正确，请刷新页面后重试。",
                                      "The request is malformed. Reload the page and try again."};
inline constexpr ErrorCode NotFound{"http.not_found", "没有这个地址。", "There is nothing at this address."};
inline constexpr ErrorCode MethodNotAllowed{"http.method_not_allowed", "这个地址不支持该操作。",
                                            "This address does not take that method."};
inline constexpr ErrorCode TimedOut{"http.timed_out", "网络太慢，请求没有收完，请重试。",
                                    "The request did not arrive in time. Try again."};
inline constexpr ErrorCode TooLarge{"http.too_large", "内容太大，超过上限。", "That is too large."};
inline constexpr ErrorCode HeadersTooLarge{"http.headers_too_large", "请求头太大，请清除本站数据后重试。",
                                           "The request's headers are too large."};
inline constexpr ErrorCode UnsupportedType{"http.unsupported_type", "不支持这种内容类型。",
                                           "That type of content is not supported."};
inline constexpr ErrorCode TooMany{"http.too_many", "请求太频繁，请稍后再试。", "Too many requests. Try again shortly."};
inline constexpr ErrorCode Busy{"http.busy", "系统繁忙，请稍后再试，已填内容不会丢失。",
                                "The system is busy. Try again shortly; nothing you entered is lost."};
inline constexpr ErrorCode Restoring{"http.restoring", "中心正在从备份恢复，暂时只能查看，请稍后再试，已填内容不会丢失。",
                                     "The centre is being restored from a backup and can only be read for now. Try again shortly; nothing you entered is lost."};
inline constexpr ErrorCode Full{"http.storage_full", "中心的存储已满，暂时不能接收，请稍后再试或到窗口办理。",
                                "The centre's storage is full. Try later, or come to a window."};
inline constexpr ErrorCode Internal{"http.internal", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
inline constexpr ErrorCode NotImplemented{"http.not_implemented", "不支持这种请求。", "This kind of request is not supported."};
inline constexpr ErrorCode Expectation{"http.expectation", "不支持这种请求。", "Nothing but 100-continue can be expected here."};
inline constexpr ErrorCode Version{"http.version", "不支持这个 HTTP 版本。", "This HTTP version is not supported."};

inline constexpr ErrorCode SignInNeeded{"staff.sign_in_needed", "请先登录。", "Sign in first."};
inline constexpr ErrorCode SignInWrong{"staff.sign_in_wrong", "账号或密码不正确。", "The account or the password is wrong."};
inline constexpr ErrorCode SignInWait{"staff.sign_in_wait", "密码错误次数过多，请稍后再试。",
                                      "Too many wrong passwords. Wait before the next try."};
inline constexpr ErrorCode Csrf{"staff.csrf", "页面已过期，请刷新后重试。", "The page is out of date. Reload it and try again."};
inline constexpr ErrorCode RoleForbidden{"staff.role_forbidden", "您的岗位没有这项权限。", "Your role does not allow this."};

inline constexpr ErrorCode CaseDenied{"case.denied", "办件编号或查询码不正确。", "The case number or its access code is wrong."};
inline constexpr ErrorCode CaseUnknown{"case.unknown", "本中心没有这个办件。", "Your centre has no such case."};
inline constexpr ErrorCode NothingWaits{"remind.nothing", "这个办件没有等着送出的信，不用催。", "No letter of this case waits for another centre."};
inline constexpr ErrorCode MaterialLost{"material.lost", "这份文件随损坏的硬盘一起丢了，要请办事人再交一次。", "This file is gone with a disk that was lost; please ask the resident for it again."};
inline constexpr ErrorCode MaterialsToday{"material.too_many_today", "这个网络今天上传的材料太多，请明天再试，或到窗口办理。",
                                          "Too many materials came from this network today. Try tomorrow, or come to a window."};
inline constexpr ErrorCode MaterialDamaged{"material.damaged", "这份文件在硬盘上损坏了，要请办事人再交一次。", "This file was damaged on the disk; please ask the resident for it again."};
inline constexpr ErrorCode MaterialUnknown{"material.unknown", "没有这份材料。", "There is no such material."};
}  // namespace tongban::http::errors

// One connection: reads requests, asks the router, writes answers, one after the other.
//
// A session keeps itself alive while something is under way. Between two requests it holds no buffer at all:
// it waits for the socket to become readable and only then makes room, so that ten thousand idle residents
// cost little. (By TLS the stream itself keeps two of 17 KB, and OpenSSL a pair of its own.)
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <string>

namespace tongban::http {

struct Service;

/// Bound to the one kind of executor there is: smaller, for ten thousand that wait, and quicker than one of any kind.
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// `peer`: the client's address, as limits count it.
void start_session(Socket socket, std::string peer, Service& service);
void start_tls_session(Socket socket, std::string peer, boost::asio::ssl::context& tls, Service& service);

}  // namespace tongban::http

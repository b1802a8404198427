// One connection: reads requests, asks the router, writes answers, one after the other.
//
// A session keeps itself alive while something is under way. Between two requests it holds no buffer at all:
// it waits for the socket to become readable and only then makes room, so that ten thousand idle residents
// cost little.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace tongban::http {

struct Service;

void start_session(boost::asio::ip::tcp::socket socket, Service& service);
void start_tls_session(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls, Service& service);

}  // namespace tongban::http

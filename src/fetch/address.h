/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/address.h - which machines are on the public internet.
 *
 * Room: fetch. A feed is written by strangers: what it links to must not reach
 * into the network in which this program runs. Asked for the address that is
 * really connected to, so that no name and no redirect gets around it.
 * Standard: IANA's registries of special-purpose addresses (RFC 6890). */
#ifndef FETCH_ADDRESS_H
#define FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* True for an IPv4 or IPv6 address that anybody can reach; false for private,
 * loopback, link-local, shared, multicast and reserved ones, also where they
 * stand inside an IPv6 address, and for every other family. */
bool address_is_public(const struct sockaddr *address);

#endif

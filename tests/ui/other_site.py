# SPDX-License-Identifier: GPL-3.0-or-later
"""A site that is not the chat server, with pictures."""
import http.server
import struct
import threading
import zlib


def make_picture(width, height):
    """A PNG of one colour."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = (b'\0' + b'\x62\xa0\xea' * width) * height
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


class Site:
    """Another site, which remembers what was asked of it."""

    def __init__(self):
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name # called so by the library
                site.asked.append(self.path)
                picture = make_picture(320, 180)
                self.send_response(200)
                self.send_header('Content-Type', 'image/png')
                self.send_header('Content-Length', str(len(picture)))
                self.end_headers()
                self.wfile.write(picture)

            def log_message(self, format, *arguments):  # pylint: disable=redefined-builtin # called so by the library
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        # Another name than that of the chat server, which is 127.0.0.1.
        self.url = f'http://localhost:{self.server.server_port}'

    def stop(self):
        self.server.shutdown()

// Lets requests through of one client only, where mutual TLS is on.

import type { RequestHandler } from "express";
import { SchakelError } from "../kernel/errors";
import { peerOf } from "./peer";

/**
 * Answers CLIENT_NOT_ALLOWED (403) to everybody whose certificate does not say `name`, or has expired meanwhile; `refused`
 * hears of it.
 */
export function onlyPeer(name: string, refused: (traceparent: string | undefined) => void): RequestHandler {
  return (request, response, next) => {
    if (peerOf(request.socket)?.isNow(name)) {
      next();
      return;
    }
    refused(request.header("traceparent"));
    const { status, code, message } = new SchakelError("CLIENT_NOT_ALLOWED");
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };
}

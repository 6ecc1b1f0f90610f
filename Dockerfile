# The program alone: no shell, no libraries, no certificates and no time zones of a
# system; all of that is in the binary. docs/operations.md tells how to run it.
FROM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION
ARG COMMIT
ARG BUILT
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
    -ldflags "-s -w -X main.version=${VERSION} -X main.commit=${COMMIT} -X main.built=${BUILT}" \
    -o /out/bestie ./cmd/bestie
RUN mkdir -p -m 0700 /out/own/data /out/own/tmp

FROM scratch
COPY --from=build /out/bestie /bestie
# Folders of the user's own; a new named volume takes owner and mode over from /data.
COPY --from=build --chown=65532:65532 /out/own/ /
USER 65532:65532
ENV BESTIE_DATA_DIR=/data
WORKDIR /data
VOLUME /data
# An orderly end takes up to 100 s, because one message may: stop with
# `docker stop -t 100`, or stop_grace_period in compose.yaml.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 CMD ["/bestie", "health"]
ENTRYPOINT ["/bestie"]
CMD ["run"]

# docker build -t dateline . && docker run --rm -p 127.0.0.1:8000:8000 -v dateline:/data dateline
# See bot/deploy/README.md. Nothing is fetched when it runs; PyTorch is not in it.
FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY .ci/install.py .ci/
COPY bot bot/
COPY eval eval/
COPY index index/
COPY prompts prompts/
COPY seeds seeds/
# Compiled now: whoever runs it may not write there, and would compile it at every start.
RUN python .ci/install.py /opt/dateline ask --copy \
    && /opt/dateline/bin/python -m compileall -q -j 0 /opt/dateline/lib

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin dateline \
    && install -d -o dateline -g dateline -m 0700 /data
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    DATELINE_HOME=/data/archive \
    DATELINE_CACHE=/data/cache
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# The first start compiles the encoder for the processor at hand, some seconds.
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["dateline"]
CMD ["serve", "--host", "0.0.0.0"]

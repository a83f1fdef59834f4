// Keeps the page true: whole parts come over one stream, and are morphed into place so that focus,
// open dialogs and selections stay. A lost stream is said, with since when, and opened again.
(function () {
  "use strict";
  var SILENCE = 15000, RETRY = 2000;
  var source = null, lastHeard = Date.now(), lostSince = null, retry = null;
  var link = document.getElementById("link"), lost = document.getElementById("lost");
  var dialog = document.getElementById("dialog"), body = document.getElementById("dialog-body");

  function clock(time) {
    return new Date(time).toLocaleTimeString("en-GB");
  }

  function heard() {
    lastHeard = Date.now();
    if (lostSince !== null) {
      lostSince = null;
      lost.hidden = true;
      document.body.classList.remove("stale");
    }
    link.textContent = "live";
    link.className = "link is-live";
  }

  function silent() {
    if (lostSince === null) {
      lostSince = lastHeard;
      lost.textContent = "no connection since " + clock(lostSince)
        + " — what is shown is from then; trying again";
      lost.hidden = false;
      document.body.classList.add("stale");
      link.textContent = "no connection";
      link.className = "link is-lost";
    }
    if (source) {
      source.close();
      source = null;
    }
    if (retry === null) {
      retry = setTimeout(function () { retry = null; listen(); }, RETRY);
    }
  }

  function show(id, html) {
    var part = document.getElementById(id);
    Idiomorph.morph(part, html, {
      morphStyle: "innerHTML",
      restoreFocus: true,
      callbacks: {
        beforeAttributeUpdated: function (name, node) {
          return !(name === "open" && node.tagName === "DETAILS");
        }
      }
    });
    htmx.process(part);
  }

  function checkSession() {
    fetch("/api/v1/whoami", { cache: "no-store" }).then(function (answer) {
      if (answer.status === 401) {
        location.href = "/login";
      }
    }, function () { /* still no connection; the page says so already */ });
  }

  function listen() {
    source = new EventSource("/console/stream");
    source.addEventListener("beat", heard);
    source.addEventListener("ended", function () { location.reload(); });
    source.addEventListener("release", function (event) {
      heard();
      if (event.data !== document.body.dataset.release) {
        location.reload();
      }
    });
    document.querySelectorAll("[data-live]").forEach(function (part) {
      source.addEventListener(part.id, function (event) {
        heard();
        show(part.id, event.data);
      });
    });
    source.onerror = function () {
      silent();
      checkSession();
    };
  }

  function close() {
    if (dialog.open) {
      dialog.close();
    }
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    // Parts of the page come over the stream only; what htmx fetches is for the dialog.
    if (event.detail.xhr.status === 204) {
      close();
    }
  });
  document.addEventListener("gemel-done", close);
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target === body && !dialog.open) {
      dialog.showModal();
    }
    var first = body.querySelector("[autofocus]");
    if (first && event.target === body) {
      first.focus();
    }
  });
  document.addEventListener("htmx:sendError", function () {
    body.innerHTML = '<h2 id="dialog-title">Not sent</h2><p class="problem" role="alert">The control'
      + ' point does not answer. Whether it took the request will show once it is back.</p>'
      + '<p class="acts end"><button type="button" data-close>Close</button></p>';
    if (!dialog.open) {
      dialog.showModal();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) {
      close();
    }
  });
  dialog.addEventListener("close", function () { body.replaceChildren(); });
  setInterval(function () {
    if (Date.now() - lastHeard > SILENCE) {
      silent();
    }
  }, 1000);
  listen();
})();

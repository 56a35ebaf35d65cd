"""What the benches share: a Docker manager that stands in for a large cluster, and Homeostat as a process."""
import atexit, copy, http.client, json, os, pathlib, re, shutil, signal, socket, socketserver, subprocess, sys, tempfile, threading, time, urllib.parse
from http.server import BaseHTTPRequestHandler

HOME = pathlib.Path(__file__).resolve().parents[2]
CAPTURED = HOME / "src/test/resources/docker"


def captured(name, fits):
    return next(each for each in json.loads((CAPTURED / name).read_text()) if fits(each))


def folder():
    """A folder that is gone when the bench ends."""
    path = tempfile.mkdtemp(prefix="homeostat-bench")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def identity(kind, number):
    return f"{kind}{number:06d}".ljust(25, "0")


class Docker:
    """A manager with so many services and tasks, made of what a real one answered. It takes updates, and its tasks follow."""

    def __init__(self, services, tasks_each):
        service = captured("services.json", lambda each: each["Spec"]["Name"] == "demo_web")
        task = captured("tasks.json", lambda each: each["Status"]["State"] == "running")
        node = captured("nodes.json", lambda each: each.get("ManagerStatus", {}).get("Leader"))
        self.node, self.task, self.lock, self.version = node, task, threading.Lock(), 1000
        self.services, self.configs, self.whole, self.updates = {}, {}, {}, 0
        for number in range(services):
            each = copy.deepcopy(service)
            for field in ("UpdateStatus", "PreviousSpec"):
                each.pop(field, None)
            each["ID"] = identity("service", number)
            each["Spec"]["Name"] = f"bench_{number:04d}"
            each["Spec"]["Labels"] = {"homeostat.autonomy": "auto", "homeostat.scale.min": "1", "homeostat.scale.max": "9"}
            each["Spec"]["Mode"] = {"Replicated": {"Replicas": tasks_each}}
            self.services[each["ID"]] = each
        self.path = folder() + "/docker.sock"
        docker = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *words):
                pass

            def do_GET(self):
                docker.answer(self, "GET")

            def do_POST(self):
                docker.answer(self, "POST")

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads, request_queue_size = True, 128

            def get_request(self):
                return super().get_request()[0], ("local", 0)

        self.server = Server(self.path, Answering)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()

    def tasks(self, service=None):
        tasks = []
        for each in [self.services[service]] if service else list(self.services.values()):
            for slot in range(1, each["Spec"]["Mode"]["Replicated"]["Replicas"] + 1):
                task = dict(self.task, ID=each["ID"][7:13] + f"t{slot:04d}".ljust(19, "0"), ServiceID=each["ID"], Slot=slot, NodeID=self.node["ID"],
                            Spec=each["Spec"]["TaskTemplate"])
                tasks.append(task)
        return tasks

    def answer(self, request, method):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0)) if "chunked" not in (request.headers.get("Transfer-Encoding") or "") else self.chunks(request)
        address = urllib.parse.urlsplit(request.path)
        path = re.sub(r"^/v\d+\.\d+", "", address.path)
        query = urllib.parse.parse_qs(address.query)
        if path == "/events":
            return self.stream(request)
        with self.lock:
            if method == "POST":
                self.whole.clear()
                status, answer = self.post(path, query, json.loads(body or "{}"))
                text = json.dumps(answer).encode()
            else:
                # Lists are asked for again and again; writing them anew each time would be measured as well.
                known = self.whole.get(path) if not address.query else None
                status, text = known if known else self.written(*self.get(path, query))
                if not address.query:
                    self.whole[path] = status, text
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    @staticmethod
    def written(status, answer):
        return status, json.dumps(answer).encode()

    @staticmethod
    def chunks(request):
        body = b""
        while size := int(request.rfile.readline(), 16):
            body += request.rfile.read(size)
            request.rfile.readline()
        request.rfile.readline()
        return body

    @staticmethod
    def stream(request):
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.flush()
        threading.Event().wait()

    def get(self, path, query):
        filters = json.loads(query.get("filters", ["{}"])[0])
        if path == "/version":
            return 200, {"ApiVersion": "1.41", "MinAPIVersion": "1.12", "Version": "20.10.24"}
        if path == "/info":
            return 200, {"Name": "node1", "ID": "ENGINE", "Swarm": {"NodeID": self.node["ID"], "LocalNodeState": "active", "ControlAvailable": True,
                                                  "Cluster": {"ID": "bench"}, "Managers": 1, "Nodes": 1}}
        if path == "/nodes":
            return 200, [self.node]
        if path == "/services":
            return 200, list(self.services.values())
        if path == "/tasks":
            wanted = filters.get("service")
            names = list(wanted) if wanted else [None]
            return 200, [task for name in names for task in self.tasks(self.find(self.services, name)["ID"] if name else None)]
        if path == "/configs":
            names = filters.get("name")
            return 200, [each for each in self.configs.values() if not names or any(each["Spec"]["Name"].startswith(name) for name in names)]
        for kind, held in (("services", self.services), ("configs", self.configs)):
            if path.startswith(f"/{kind}/"):
                found = self.find(held, urllib.parse.unquote(path.split("/")[2]))
                return (200, found) if found else (404, {"message": "not found"})
        return 404, {"message": "page not found"}

    def post(self, path, query, body):
        self.version += 1
        now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()) + f".{time.time_ns() % 10**9:09d}Z"
        if path == "/configs/create":
            if self.find(self.configs, body["Name"]):
                return 409, {"message": "config already exists"}
            made = {"ID": identity("config", len(self.configs)), "Version": {"Index": self.version}, "CreatedAt": now, "UpdatedAt": now, "Spec": body}
            self.configs[made["ID"]] = made
            return 201, {"ID": made["ID"]}
        held = self.services if path.startswith("/services/") else self.configs
        found = self.find(held, urllib.parse.unquote(path.split("/")[2]))
        if not found or not path.endswith("/update"):
            return 404, {"message": "not found"}
        if int(query["version"][0]) != found["Version"]["Index"]:
            return 500, {"message": "rpc error: code = Unknown desc = update out of sequence"}
        if held is self.services:
            self.updates += 1
            found["PreviousSpec"] = found["Spec"]
        found.update(Spec=body, Version={"Index": self.version}, UpdatedAt=now)
        return 200, {"Warnings": None}

    @staticmethod
    def find(held, name):
        return held.get(name) or next((each for each in held.values() if each["Spec"]["Name"] == name), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def java(program):
    return subprocess.run(["sh", "-c", f'. "{HOME}/.mvn/find-jdk.sh"; echo "$JAVA_HOME/bin/{program}"'], check=True, capture_output=True,
                          text=True).stdout.strip()


def build():
    """Builds the program when that is needed, so that it is not measured."""
    subprocess.run([str(HOME / "homeostat"), "--help"], check=True, stdout=subprocess.DEVNULL)


class Homeostat:
    """The packaged program as `./homeostat serve` starts it, on loopback."""

    def __init__(self, data, **settings):
        self.port, self.data = free_port(), data
        self.environment = dict(os.environ, HOMEOSTAT_HTTP_PORT=str(self.port), HOMEOSTAT_DATA=data, QUARKUS_LOG_LEVEL="WARN",
                                **{f"HOMEOSTAT_{name}": value for name, value in settings.items()})
        self.url = f"http://127.0.0.1:{self.port}"
        self.connection = None

    def start(self, patience=120):
        """Starts it, and returns the seconds from when the JVM was up to ready. The JVM says itself when it was."""
        began = time.monotonic()
        self.log = open(os.path.join(self.data, "homeostat.log"), "ab")
        self.process = subprocess.Popen([str(HOME / "homeostat"), "serve"], env=self.environment, stdout=self.log, stderr=self.log)
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() - began > patience:
                self.stop()
                sys.exit(f"Homeostat was not ready within {patience} s:\n" + pathlib.Path(self.log.name).read_text()[-3000:])
            time.sleep(0.02)
        ready = time.time()
        metrics = self.call("GET", "/q/metrics")[1].decode()
        return ready - next(float(line.split()[1]) for line in metrics.splitlines() if line.startswith("process_start_time_seconds "))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def ready(self):
        try:
            return self.call("GET", "/q/health/ready")[0] == 200
        except (OSError, http.client.HTTPException):
            self.connection = None
            return False

    def call(self, method, path, body=None):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def accounts(self):
        return json.loads(self.call("GET", "/api/v1/status")[1])["alerts"]

    def post(self, body):
        """Sends it again as long as it is not taken for now, as Alertmanager does."""
        for _ in range(1000):
            status, answer = self.call("POST", "/api/v1/alerts", body)
            if status == 202:
                return
            if status != 503:
                sys.exit(f"alerts were answered with {status}: {answer.decode()}")
            time.sleep(0.05)
        sys.exit("alerts were answered with 503 for 50 s")


def webhook(alerts):
    return json.dumps({"version": "4", "receiver": "homeostat", "status": "firing", "groupKey": "{}", "truncatedAlerts": 0, "alerts": alerts})


def alert(fingerprint, labels, status="firing", starts="2026-11-23T01:00:00.123Z"):
    return {"status": status, "labels": labels, "annotations": {"summary": f"{labels['alertname']} on {labels.get('service', 'nothing')}",
            "description": "value=0.93 threshold=0.90 on node worker-07", "runbook_url": "https://runbooks.example/high-cpu"},
            "startsAt": starts, "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus:9090/graph?g0.expr=up", "fingerprint": fingerprint}


def wait_for(what, condition, patience=300, every=0.05):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"{what} took longer than {patience} s")
        time.sleep(every)

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from archive_fakes import HashedWords
from conftest import ENCODER_CACHE

from bot.assemble import load_encoder_for
from bot.settings import load_settings
from index.encoding.check_texts import CHECK_TEXTS
from index.encoding.compiling import quickest
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder
from index.encoding.manifest import MANIFEST, here, read_manifest, write_manifest
from index.encoding.prompts import EncoderPrompts, asking, prompted, prompts_of
from index.encoding.weights import DEFAULT_MODEL, ModelFiles, find_model, weights_sha256
from index.errors import EncoderError, WrongWeights
from index.storage.archive import Archive

MODEL = "model.onnx"
INSTRUCTED = EncoderPrompts(
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
)
TEXTS = ["envoys met on monday", "talks", "", "the two sides agreed . talks resume on monday ! " * 3]

MakeModel = Callable[[str], Path]


@pytest.fixture(scope="module")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> MakeModel:
    """Makes a random BERT of two small layers that sees 32 tokens, and says where it is."""

    def make(pooling: str = "mean", *, normalise: bool = True, prompt: bool = False) -> Path:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers import BertConfig, BertModel, BertTokenizerFast

        folder = tmp_path_factory.mktemp("model")
        specials = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
        words = (*specials, *sorted({word for text in TEXTS for word in text.split()}))
        (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
        torch.manual_seed(1)
        config = BertConfig(
            vocab_size=len(words),
            hidden_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=64,
            max_position_embeddings=64,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from sentence_transformers.models import Normalize, Pooling, Transformer

            BertModel(config).save_pretrained(folder / "bert")
            BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
            transformer = Transformer(str(folder / "bert"), max_seq_length=32)
            modules = [transformer, Pooling(48, pooling_mode=pooling), *([Normalize()] if normalise else [])]
            prompts = {"prompts": {"talk": "talks "}, "default_prompt_name": "talk"} if prompt else {}
            SentenceTransformer(modules=modules, device="cpu", **prompts).save(str(folder / "whole"))
        return folder / "whole"

    return make


@pytest.fixture(scope="module")
def tiny(make_model: MakeModel) -> Path:
    return make_model("mean")


def likeness(one: Encoder, other: Encoder) -> float:
    return float(np.min(np.sum(one.encode(TEXTS) * other.encode(TEXTS), axis=1)))


@pytest.mark.parametrize(("pooling", "normalise"), [("mean", True), ("cls", True), ("mean", False)])
def test_a_compiled_model_is_like_the_original(
    make_model: MakeModel, tmp_path: Path, pooling: str, normalise: bool
) -> None:
    name = str(make_model(pooling, normalise=normalise))
    original = load_encoder(name, cache=tmp_path, reference=True)
    compiled = load_encoder(name, cache=tmp_path, precision="float32")
    assert type(compiled) is not type(original)
    assert likeness(compiled, original) > 0.9999
    assert np.allclose(np.linalg.norm(compiled.encode(TEXTS), axis=1), 1, atol=1e-5)
    assert (
        (compiled.dimensions, compiled.max_tokens) == (original.dimensions, original.max_tokens) == (48, 32)
    )
    assert compiled.count_tokens(TEXTS) == original.count_tokens(TEXTS) == [4, 1, 0, 30]
    assert compiled.fingerprint == original.fingerprint
    assert compiled.encode([]).shape == original.encode([]).shape == (0, 48)


def test_the_default_model_keeps_its_likeness_in_int8(encoder: Encoder) -> None:
    (path,) = ENCODER_CACHE.glob(f"{encoder.fingerprint[:64]}-*-int8-{here()}/manifest.json")
    manifest = json.loads(path.read_text())
    assert manifest["likeness"] > 0.99
    assert encoder.fingerprint == f"{weights_sha256(find_model(DEFAULT_MODEL))}-int8"
    assert (encoder.name, encoder.dimensions, encoder.max_tokens) == ("all-MiniLM-L6-v2", 384, 256)


def test_the_encoder_that_ships_is_written_without_torch_as_sentence_transformers_runs_it(
    tmp_path: Path,
) -> None:
    script = (
        "import sys; from pathlib import Path; import numpy as np;"
        "from index.encoding.original import written; from index.encoding.weights import find_model;"
        f"original = written(find_model({DEFAULT_MODEL!r}), Path('exported'));"
        "np.save('vectors', original.vectors);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
    reference = load_encoder(DEFAULT_MODEL, cache=tmp_path, reference=True)
    alone = np.concatenate([reference.encode([text]) for text in CHECK_TEXTS])
    assert np.abs(np.load(tmp_path / "vectors.npy") - alone).max() < 1e-5


def test_another_model_where_sentence_transformers_is_not_installed_is_an_error_with_advice(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match="-m pip install sentence-transformers` brings it and PyTorch"):
        load_encoder(str(tiny), cache=tmp_path)


def test_a_question_is_nearest_to_its_answer(encoder: Encoder) -> None:
    (question,) = encoder.encode(["Who wants to lower the fees of students?"])
    scores = encoder.encode(CHECK_TEXTS) @ question
    assert CHECK_TEXTS[int(np.argmax(scores))].startswith("Hundreds of students marched")


def test_vectors_keep_the_order_of_their_texts_and_depend_little_on_their_company(encoder: Encoder) -> None:
    together = encoder.encode([*CHECK_TEXTS, "word " * 300])
    alone = np.concatenate([encoder.encode([text]) for text in (*CHECK_TEXTS, "word " * 300)])
    assert together.dtype == np.float32
    assert np.min(np.sum(together * alone, axis=1)) > 0.95
    assert np.array_equal(np.argmax(together @ alone.T, axis=1), np.arange(len(alone)))


def test_a_text_has_the_same_vector_alone_among_others_and_remembered(encoder: Encoder) -> None:
    texts = [f"{text} {len(text)}" for text in CHECK_TEXTS[:6]]
    together = encoder.encode(texts)
    fresh = load_encoder(cache=ENCODER_CACHE, threads=1)

    assert np.array_equal(together, np.concatenate([fresh.encode([text]) for text in reversed(texts)])[::-1])
    assert np.array_equal(together, encoder.encode(texts))
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_tokens_beyond_the_window_are_counted_and_not_seen(encoder: Encoder) -> None:
    long, cut = "word " * 5000, "word " * 254
    assert encoder.count_tokens([long, cut, ""]) == [5000, 254, 0]
    assert np.array_equal(encoder.encode([long]), encoder.encode([cut]))


def test_a_later_start_imports_no_heavy_library(encoder: Encoder) -> None:
    script = (
        "import sys; from pathlib import Path; from index.encoding.encoders import load_encoder;"
        f"print(load_encoder(cache=Path({str(ENCODER_CACHE)!r})).encode(['talks']).shape);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'onnx', 'huggingface_hub')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(1, 384)", "[]"]


@pytest.mark.parametrize("name", ["", "nothing"])
def test_the_process_that_needs_a_compiled_model_never_has_torch_in_memory(
    tiny: Path, tmp_path: Path, name: str
) -> None:
    script = (
        "import sys; from pathlib import Path; from index.encoding.encoders import load_encoder;"
        f"from index.errors import EncoderError; folder = Path({str(tiny)!r}) / {name!r};"
        "folder.mkdir(exist_ok=True); cache = Path('cache')\n"
        "if not list(folder.glob('*.json')): (folder / 'model.safetensors').write_bytes(b'none')\n"
        "try: print(load_encoder(str(folder), cache=cache).encode(['talks']).shape)\n"
        "except EncoderError as exc: print(exc)\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    said, torch_is_here = done.stdout.splitlines()
    assert said == "(1, 48)" if not name else "sentence-transformers cannot load" in said
    assert torch_is_here == "False"


def test_a_model_is_compiled_once(tiny: Path, tmp_path: Path) -> None:
    notes: list[str] = []
    for _ in range(2):
        load_encoder(str(tiny), cache=tmp_path, note=notes.append)
    assert len([note for note in notes if note.startswith("compiling")]) == 1
    (folder,) = tmp_path.iterdir()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", MODEL, "tokenizer.json"]
    assert folder.name[65:] == f"{manifest['settings'][:16]}-{manifest['precision']}-{here()}"
    assert manifest["precision"] == quickest(manifest["milliseconds"])
    assert set(manifest["milliseconds"]) == {"int8", "float32"}
    assert f"runs in {manifest['precision']}: a passage takes" in notes[1]


@pytest.mark.parametrize(
    ("int8", "float32", "chosen"),
    [(4.0, 13.0, "int8"), (4.0, 4.0, "int8"), (4.0, 3.6, "int8"), (4.0, 2.0, "float32")],
)
def test_float32_runs_only_where_it_is_clearly_quicker(int8: float, float32: float, chosen: str) -> None:
    assert quickest({"int8": int8, "float32": float32}) == chosen


def test_a_precision_that_is_asked_for_is_kept_beside_the_one_that_is_chosen(
    tiny: Path, tmp_path: Path
) -> None:
    for precision in ("int8", "float32"):
        asked = load_encoder(str(tiny), cache=tmp_path, precision=precision)
        assert asked.fingerprint.endswith(f"-{precision}")
    used = {folder: folder.stat().st_ino for folder in tmp_path.iterdir()}
    notes: list[str] = []
    chosen = [load_encoder(str(tiny), cache=tmp_path, note=notes.append).fingerprint for _ in range(3)]
    assert len(set(chosen)) == 1
    assert len(notes) == 2  # it was measured once
    assert {folder: folder.stat().st_ino for folder in tmp_path.iterdir()} == used  # by others, meanwhile
    assert (
        load_encoder(str(tiny), cache=tmp_path, precision="int8", note=notes.append).fingerprint[-4:]
        == "int8"
    )
    assert len(notes) == 2


@pytest.mark.parametrize("precision", ["int8", "float32"])
def test_an_archive_keeps_to_the_precision_it_was_made_in(
    tiny: Path, tmp_path: Path, precision: Literal["int8", "float32"]
) -> None:
    settings = load_settings({"home": tmp_path, "encoder": str(tiny), "precision": precision})
    Archive.open(tmp_path, load_encoder_for(settings), write=True).close()
    by_itself = load_encoder_for(load_settings({"home": tmp_path, "encoder": str(tiny)}))
    assert by_itself.fingerprint.endswith(f"-{precision}")
    Archive.open(tmp_path, by_itself).close()


def test_homes_share_what_was_compiled_for_one_of_them(tiny: Path, tmp_path: Path) -> None:
    notes: list[str] = []
    for home in ("one", "two"):
        given = {"home": tmp_path / home, "encoder": str(tiny), "cache": tmp_path / "cache"}
        load_encoder_for(load_settings(given), note=notes.append)
    assert len([note for note in notes if note.startswith("compiling")]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_another_version_or_processor_compiles_its_own_and_replaces_nothing(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_encoder(str(tiny), cache=tmp_path, precision="float32")
    (first,) = tmp_path.iterdir()
    for of_the_machine in ("runtime_version", "would_saturate"):
        monkeypatch.setattr(f"index.encoding.manifest.{of_the_machine}", lambda: "another")
        notes: list[str] = []
        for _ in range(2):
            load_encoder(str(tiny), cache=tmp_path, precision="float32", note=notes.append)
        assert len(notes) == 1
        monkeypatch.undo()
    assert len(list(tmp_path.iterdir())) == 3
    load_encoder(str(tiny), cache=tmp_path, precision="float32", note=notes.append)
    assert len(notes) == 1
    assert first.is_dir()


def test_two_processes_that_compile_at_once_end_with_one_that_both_use(tiny: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.encoding.encoders import load_encoder;"
        "print(load_encoder(sys.argv[1], cache=Path('cache'), precision='float32').encode(['talks'])[0, :3])"
    )
    command = [sys.executable, "-c", script, str(tiny)]
    at_once = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) for _ in range(2)]
    first, second = (process.communicate()[0] for process in at_once)
    assert first == second != b""
    (folder,) = (tmp_path / "cache").iterdir()
    assert folder.name.endswith(here())


def test_a_model_that_moved_is_known_by_its_weights(tiny: Path, tmp_path: Path) -> None:
    load_encoder(str(tiny), cache=tmp_path, precision="float32")
    notes: list[str] = []
    moved = shutil.copytree(tiny, tmp_path / "moved")
    load_encoder(str(moved), cache=tmp_path, precision="float32", note=notes.append)
    assert notes == []


def test_other_settings_of_the_same_weights_are_compiled_anew(tiny: Path, tmp_path: Path) -> None:
    load_encoder(str(tiny), cache=tmp_path, precision="float32")
    changed = shutil.copytree(tiny, tmp_path / "changed")
    (changed / "sentence_bert_config.json").write_text('{"max_seq_length": 16, "do_lower_case": false}')
    tokenizer = json.loads((changed / "tokenizer_config.json").read_text())
    (changed / "tokenizer_config.json").write_text(json.dumps({**tokenizer, "model_max_length": 16}))
    assert load_encoder(str(changed), cache=tmp_path, precision="float32").max_tokens == 16


def damage_model(folder: Path) -> None:
    data = bytearray((folder / MODEL).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / MODEL).write_bytes(data)


def damage_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"weights": ')


def damage_name(folder: Path) -> None:
    held = (folder / MANIFEST).read_text()
    weights = json.loads(held)["weights"]
    (folder / MANIFEST).write_text(held.replace(weights, "z" + weights[1:]))


def damage_precision(folder: Path) -> None:
    held = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(held.replace('"float32"', '"bloat32"'))


def remove_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


@pytest.mark.parametrize(
    "damage", [damage_model, damage_manifest, damage_name, damage_precision, remove_tokenizer]
)
def test_a_damaged_cache_is_noticed_and_made_again(
    tiny: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    notes: list[str] = []
    before = load_encoder(str(tiny), cache=tmp_path, precision="float32").encode(TEXTS)
    (folder,) = tmp_path.iterdir()
    damage(folder)
    again = load_encoder(str(tiny), cache=tmp_path, precision="float32", note=notes.append).encode(TEXTS)
    assert notes[0].startswith("compiling")
    assert np.allclose(before, again)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_model_that_cannot_be_compiled_runs_by_the_reference_and_says_so(
    tiny: Path, tmp_path: Path
) -> None:
    load_encoder(str(tiny), cache=tmp_path, precision="float32")
    (folder,) = tmp_path.iterdir()
    made = read_manifest(folder)
    assert made
    write_manifest(folder, replace(made, shape=None, files=None, refusal="tiny cannot be exported"))
    notes: list[str] = []
    fallen = load_encoder(str(tiny), cache=tmp_path, precision="float32", note=notes.append)
    assert notes == [f"{tiny} runs by sentence-transformers, several times slower: tiny cannot be exported"]
    assert likeness(fallen, load_encoder(str(tiny), cache=tmp_path, reference=True)) > 0.9999
    os.utime(folder / MANIFEST, (0, 0))  # long ago: whatever was in the way then may be gone
    notes.clear()
    assert load_encoder(str(tiny), cache=tmp_path, precision="float32", note=notes.append)
    assert notes[0].startswith("compiling")


def test_a_model_that_wants_words_before_its_texts_gets_them_and_each_text_has_the_room_that_is_left(
    make_model: MakeModel, tmp_path: Path
) -> None:
    folder = make_model("mean", prompt=True)  # "talks " before everything, says its own file
    encoder = load_encoder(str(folder), cache=tmp_path, precision="float32")
    (folder / "config_sentence_transformers.json").unlink()
    bare = load_encoder(str(folder), cache=tmp_path, precision="float32")
    assert np.allclose(encoder.encode(["on monday"]), bare.encode(["talks on monday"]))
    assert encoder.count_tokens(["on monday"]) == [2]
    assert encoder.max_tokens == bare.max_tokens - 1
    assert encoder.fingerprint != bare.fingerprint
    assert encoder.fingerprint.endswith("-float32")
    assert asking(bare) is bare


@pytest.mark.parametrize(
    ("name", "stated", "wanted"),
    [
        ("multilingual-e5-small", {}, EncoderPrompts("query: ", "passage: ")),
        ("multilingual-e5-large-instruct", {}, INSTRUCTED),
        ("all-MiniLM-L6-v2", {}, EncoderPrompts()),
        ("some5-small", {}, EncoderPrompts()),
        ("multilingual-e5-small", {"prompts": {"query": "ask ", "document": ""}}, EncoderPrompts("ask ", "")),
        ("own", {"prompts": {"query": "q ", "passage": "p "}}, EncoderPrompts("q ", "p ")),
        ("own", {"prompts": {"all": "a "}, "default_prompt_name": "all"}, EncoderPrompts("a ", "a ")),
        ("own", {"prompts": {"query": "", "document": ""}, "default_prompt_name": None}, EncoderPrompts()),
    ],
)
def test_prompts_are_those_of_a_models_files_else_those_of_its_family(
    tmp_path: Path, name: str, stated: dict[str, object], wanted: EncoderPrompts
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "config_sentence_transformers.json").write_text(json.dumps(stated))
    assert prompts_of(ModelFiles(str(folder), folder, ())) == wanted


def test_a_question_has_other_words_before_it_than_a_passage() -> None:
    encoder = prompted(HashedWords(), ModelFiles("e5-small", Path("e5-small"), ()))
    bare = HashedWords()
    assert np.allclose(encoder.encode(["Who?"]), bare.encode(["passage: Who?"]))
    assert np.allclose(asking(encoder).encode(["Who?"]), bare.encode(["query: Who?"]))


def test_other_weights_than_the_official_are_refused(tiny: Path) -> None:
    files = find_model(str(tiny))
    assert weights_sha256(replace(files, expected=weights_sha256(files)))
    with pytest.raises(WrongWeights, match=r"model.safetensors: the weights of .* expected 0{64}"):
        weights_sha256(replace(files, expected="0" * 64))


@pytest.mark.parametrize(
    ("name", "message"),
    [("no/such-model", "no encoder 'no/such-model': expected all-MiniLM-L6-v2"), ("", "no encoder ''")],
)
def test_a_name_that_is_nothing_here_is_an_error_with_advice(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    with pytest.raises(EncoderError, match=message):
        load_encoder(name, cache=tmp_path)


def test_a_hub_id_is_found_in_the_local_hub_cache(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "hub" / "models--sentence-transformers--tiny"
    shutil.copytree(tiny, repository / "snapshots" / "abc")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("abc")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("tiny", "sentence-transformers/tiny"):
        assert find_model(name).folder == repository / "snapshots" / "abc"


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no weights of"):
        load_encoder(str(tmp_path), cache=tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(EncoderError, match="sentence-transformers cannot load"):
        load_encoder(str(tmp_path), cache=tmp_path / "cache")


def test_a_cache_that_cannot_be_written_is_an_error(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EncoderError, match="cannot keep the compiled encoder there"):
        load_encoder(str(tiny), cache=tmp_path / "file")
